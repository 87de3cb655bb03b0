import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readExperiment } from '../../../core/experiment/read'
import type { Experiment } from '../../../core/experiment/schema'
import { createTrainingBackend } from '../../../core/node/backend'
import { prepareRun } from '../../../core/node/data/prepare-run'
import { createTrainer } from '../../../core/training/trainer'
import results from '../../fixtures/results/results.json'

/*
 * docs/results.md is only worth reading as long as it is true. Each experiment in it is trained again here on its first
 * seed and must end with the very weights of the run in the table, and so with its score.
 */

type Name = keyof typeof results.tables
const names = Object.keys(results.tables) as Name[]
const folder = new URL('../../fixtures/results/', import.meta.url).pathname
const page = readFileSync(new URL('../../../docs/results.md', import.meta.url), 'utf8')

interface Score {
  readonly mean: number
  readonly sd: number
  readonly seeds: readonly number[]
}
type Metrics = Readonly<Record<string, { readonly ours: Score; readonly sklearn: Score }>>
const metricsOf = (name: Name): [string, { ours: Score; sklearn: Score }][] =>
  Object.entries(results.tables[name].metrics as Metrics)

function withSeed({ data, training, ...rest }: Experiment, seed: number): Experiment {
  return { ...rest, data: { ...data, split: { ...data.split, seed } }, training: { ...training, seed } }
}

/** Trains with the functions of `nabla train`. */
async function trainAgain(name: Name, seed: number) {
  const experiment = readExperiment(readFileSync(`${folder}${name}.nabla.json`, 'utf8'))
  const material = await prepareRun({ experiment: withSeed(experiment, seed), folder })
  const trainer = createTrainer({ ...material, backend: createTrainingBackend(), clock: () => 0 })
  const end = [...trainer.events].at(-1)
  if (end?.type !== 'end') throw new Error(`the training of ${name} did not end`)
  return end
}

describe('the table of results', () => {
  it.each(names)(
    'is true for %s: the first seed ends with the same weights and the same score',
    async (name) => {
      const { fingerprint, metrics } = await trainAgain(name, results.seeds[0]!)
      expect(fingerprint).toBe(results.tables[name].fingerprints[0])
      for (const [metric, { ours }] of metricsOf(name))
        expect(metrics.test?.[metric]).toBeCloseTo(ours.seeds[0]!, 6)
    },
  )

  it.each(names)('holds five seeds of %s, and the page shows their mean and deviation', (name) => {
    for (const [, { ours, sklearn }] of metricsOf(name)) {
      for (const { seeds, mean, sd } of [ours, sklearn]) {
        const average = seeds.reduce((sum, score) => sum + score, 0) / 5
        const squares = seeds.reduce((sum, score) => sum + (score - average) ** 2, 0)
        expect(seeds).toHaveLength(5)
        expect(mean).toBeCloseTo(average, 5)
        expect(sd).toBeCloseTo(Math.sqrt(squares / 4), 5)
        expect(page).toContain(`${mean.toFixed(4)} ± ${sd.toFixed(4)}`)
      }
    }
  })

  it.each(names)('shows %s not worse than scikit-learn by more than its standard deviation', (name) => {
    for (const [metric, { ours, sklearn }] of metricsOf(name)) {
      const sign = metric === 'rmse' ? -1 : 1
      expect(sign * ours.mean).toBeGreaterThanOrEqual(sign * sklearn.mean - sklearn.sd)
    }
  })

  it('has digits read by convolutions beyond 0.985', () =>
    expect(results.tables.digits.metrics.accuracy.ours.mean).toBeGreaterThan(0.985))
})
