import { beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { parseExperiment } from '../../../core/experiment/read'
import { prepareRun } from '../../../core/node/data/prepare-run'
import selftest from '../../../core/node/selftest/selftest.json'
import type { EndEvent } from '../../../core/training/events'
import { createTrainer } from '../../../core/training/trainer'
import { expectNear } from '../kinds/run'
import { fastBackends, wasmBackends } from './fast-backends'

type Material = Awaited<ReturnType<typeof prepareRun>>

function train(material: Material, backend: Backend): EndEvent {
  const { events } = createTrainer({ ...material, backend, clock: () => 0 })
  for (const event of events) if (event.type === 'end') return event
  throw new Error('a training without an end')
}

/** Every kind of layer, loss, optimizer and schedule is in one of these trainings. */
describe.each(selftest.experiments.map((settings) => [settings.name, settings] as const))(
  'the training "%s" of the self-test',
  (_, settings) => {
    let material: Material
    let exact: EndEvent
    beforeAll(async () => {
      material = await prepareRun({ experiment: parseExperiment(settings), folder: '.' })
      exact = train(material, createReferenceBackend())
    })

    it.each(fastBackends)('learns with %s what it learns in float64', (_, createBackend) => {
      const { reason, step, metrics } = train(material, createBackend())
      expect([reason, step]).toEqual([exact.reason, exact.step])
      // A last bit grows over the steps; the stiffest of the trainings are apart by six parts in ten thousand.
      expectNear([metrics.train!.loss!], [exact.metrics.train!.loss!], 2e-3)
    })

    it('has the same bits on wasm with one thread and with two', () => {
      const prints = wasmBackends.map(([, createBackend]) => train(material, createBackend()).fingerprint)
      expect(new Set(prints).size).toBe(1)
      expect(prints).toHaveLength(2)
    })
  },
)
