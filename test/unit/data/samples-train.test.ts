import { describe, expect, it } from 'vitest'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { prepareData } from '../../../core/data/prepare'
import { proposeExperiment } from '../../../core/data/propose'
import { readSource } from '../../../core/node/reader/source'
import { createTrainer } from '../../../core/training/trainer'

/** What the test rows must reach: below what scikit-learn reaches (test/fixtures/handmade/reference.json) by chance alone. */
const floors = [
  ['iris', 'accuracy', 0.85],
  ['wine', 'accuracy', 0.88],
  ['breast-cancer', 'accuracy', 0.92],
  ['penguins', 'accuracy', 0.95],
  ['diabetes', 'r2', 0.15],
  ['two-moons', 'accuracy', 0.93],
  ['spiral', 'accuracy', 0.93],
  ['sine', 'r2', 0.94],
] as const

describe('a proposed experiment trains well as it is', () => {
  it.each(floors)('on %s: %s of at least %d', async (name, metric, floor) => {
    const source = `sample:${name}`
    const { table, csv } = await readSource(source, '/nowhere')
    const experiment = proposeExperiment(table, { source, csv })
    const data = prepareData(table, experiment)
    const trainer = createTrainer({ experiment, data, backend: createWasmBackend(), clock: () => 0 })
    const end = [...trainer.events].at(-1)
    expect(end?.type === 'end' && end.metrics.test?.[metric]).toBeGreaterThanOrEqual(floor)
  })
})
