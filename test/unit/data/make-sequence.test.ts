import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deriveColumns } from '../../../core/data/derived/derive-columns'
import { makeSequence } from '../../../core/data/derived/make-sequence'
import { expandFeatures } from '../../../core/data/features'
import { prepareData } from '../../../core/data/prepare'
import { decodePredictions } from '../../../core/data/prediction'
import { proposeExperiment } from '../../../core/data/propose'
import { nabla } from '../cli/run-in-test'
import { pageOf, tableOf } from './tables'
import { targetColumns } from '../../../core/data/target-parts'

const days = 160
const day = Array.from({ length: days }, (_, row) =>
  new Date(Date.UTC(2024, 0, row + 1)).toISOString().slice(0, 10),
)
const heat = day.map((_, row) => (10 + 8 * Math.sin(row / 4)).toFixed(3))
const rain = day.map((_, row) => String((row * 13) % 7))
const other = day.map((_, row) => String(row % 5))
const table = tableOf({ day, other, heat, rain })
const experiment = proposeExperiment(table, { source: 'days.csv', csv: {}, target: 'heat' })
const made = makeSequence(experiment, { columns: ['heat', 'rain'], length: 4, target: 'heat', ahead: 2 })

describe('a sequence', () => {
  it('has the earliest row first, and in each row the columns in order; other columns take no part', () => {
    const data = prepareData(deriveColumns(table, made.data), made)
    expect(data.preprocessing.inputNames).toEqual([
      ...['heat[t-3]', 'rain[t-3]', 'heat[t-2]', 'rain[t-2]'],
      ...['heat[t-1]', 'rain[t-1]', 'heat[t]', 'rain[t]'],
    ])
    expect(made.network[0]).toEqual({ type: 'reshape', shape: [4, 2] })
    // Three rows without history at the beginning, two without a future at the end.
    expect([data.fileRows[0], data.fileRows.at(-1)]).toEqual([4, days - 2])
    // Steps of a column share their scale: what is the present of one row is the past of another, in the same number.
    const inputs = expandFeatures(data.features)
    const [present, past] = [inputs.slice(6, 8), inputs.slice(3 * 8, 3 * 8 + 2)]
    expect(past).toEqual(present)
    const ahead = decodePredictions(data.preprocessing.target, [data.targets.values[0]!])[0]
    expect(ahead).toMatchObject({ value: expect.closeTo(Number(heat[5]), 3) as number })
    expect(made.data.split).toMatchObject({ strategy: 'time', by: 'day' })
  })

  it('of a target in its own row ends with the row before', () => {
    const own = makeSequence(experiment, { columns: ['heat'], length: 3, target: 'heat', ahead: 0 })
    const data = prepareData(deriveColumns(table, own.data), own)
    expect(data.preprocessing.inputNames).toEqual(['heat[t-3]', 'heat[t-2]', 'heat[t-1]'])
    expect(targetColumns(data.preprocessing.target)).toEqual(['heat'])
  })

  it('made again has no column twice; without columns it is refused', () => {
    const again = makeSequence(made, { columns: ['heat', 'rain'], length: 4, target: 'heat', ahead: 2 })
    expect(again.data.derived).toEqual(made.data.derived)
    const none = { columns: [], length: 4, target: 'heat', ahead: 1 }
    expect(pageOf(() => makeSequence(experiment, none)).code).toBe('bad-sequence')
  })

  it('is learned by a recurrent network from the file alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nabla-sequence-'))
    const lines = day.map((_, row) => [day[row], other[row], heat[row], rain[row]].join(','))
    writeFileSync(join(folder, 'days.csv'), ['day,other,heat,rain', ...lines].join('\n'))
    const training = { epochs: 60, batchSize: 16 }
    writeFileSync(join(folder, 'e.json'), JSON.stringify({ ...made, training }))
    const trained = await nabla({ folder }, 'train', 'e.json', '--out', 'r')
    expect(trained.code, trained.err).toBe(0)
    const judged = await nabla({ folder }, '--json', 'evaluate', 'r')
    const last = judged.objects<{ splits: { test: { metrics: { r2: number } } } }>().at(-1)!
    // A wave is told by its last values: far above what the mean (0) gives.
    expect(last.splits.test.metrics.r2).toBeGreaterThan(0.8)
    rmSync(folder, { recursive: true, force: true })
  })
})
