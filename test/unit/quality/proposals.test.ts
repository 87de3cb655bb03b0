import { describe, expect, it } from 'vitest'
import { proposeExperiment } from '../../../core/data/propose'
import type { Experiment } from '../../../core/experiment/schema'
import { createTrainingBackend } from '../../../core/node/backend'
import { materialOf } from '../../../core/node/data/prepare-run'
import type { ReadFile } from '../../../core/node/reader/formats/read-file'
import { readSource } from '../../../core/node/reader/source'
import { createTrainer } from '../../../core/training/trainer'
import comparison from '../../fixtures/handmade/comparison.json'
import reference from '../../fixtures/handmade/reference.json'

/*
 * Each proposal is trained as `nabla new` and `nabla train` do, on five seeds that set the split and the first weights. One
 * seed would be luck: a test split has 22 to 86 rows, so that one row more or less can decide. The floor is what
 * scikit-learn's network reaches on the very same rows (compare.py), its mean less its standard deviation.
 *
 * reference.json was measured on five other splits per table. Ours meet its mean less its deviation too on every table but
 * wine, where those splits were easier: 0.963 ± 0.026 here, where scikit-learn has 0.963 ± 0.037 on the same rows and 0.993 ±
 * 0.017 on its own. Over twenty splits ours has 0.983 on wine, scikit-learn on the same rows 0.974.
 */

const seeds = [1, 2, 3, 4, 5]
type File = keyof typeof reference.tables
const files = Object.keys(reference.tables) as File[]
const handmade: readonly File[] = ['houses.csv', 'cafe.csv', 'animals.csv']
const folder = new URL('../../fixtures/handmade/', import.meta.url).pathname

const lowEnd = ({ mean, sd }: { mean: number; sd: number }): number => mean - sd

/** What `nabla new` proposes. */
async function propose(file: File): Promise<{ read: ReadFile; experiment: Experiment }> {
  const source = handmade.includes(file) ? file : `sample:${file.replace('.csv', '')}`
  const read = await readSource(source, folder)
  const { target } = reference.tables[file]
  return { read, experiment: proposeExperiment(read.table, { source, csv: read.csv, target }) }
}

function withSeed({ data, training, ...rest }: Experiment, seed: number): Experiment {
  return { ...rest, data: { ...data, split: { ...data.split, seed } }, training: { ...training, seed } }
}

/** Trains with the functions of `nabla train`; gives the metric on the test rows. */
function testScore(read: ReadFile, experiment: Experiment, metric: string): number {
  const material = materialOf(experiment, read)
  const trainer = createTrainer({ ...material, backend: createTrainingBackend(), clock: () => 0 })
  const end = [...trainer.events].at(-1)
  const score = end?.type === 'end' ? end.metrics.test?.[metric] : undefined
  return score ?? NaN
}

describe('a proposal reaches with no editing what scikit-learn reaches on the same rows', () => {
  it.each(files)('%s', async (file) => {
    const { read, experiment } = await propose(file)
    const { metric } = reference.tables[file]
    const scores = seeds.map((seed) => testScore(read, withSeed(experiment, seed), metric))
    const mean = scores.reduce((sum, score) => sum + score, 0) / seeds.length
    expect(mean).toBeGreaterThanOrEqual(lowEnd(comparison.tables[file].sklearn))
    if (handmade.includes(file)) expect(mean).toBeGreaterThanOrEqual(lowEnd(reference.tables[file]))
  })
})
