import { describe, expect, it } from 'vitest'
import { proposeExperiment } from '../../../core/data/propose'
import type { Experiment } from '../../../core/experiment/schema'
import { createTrainingBackend } from '../../../core/node/backend'
import { materialOf } from '../../../core/node/data/prepare-run'
import { readSource } from '../../../core/node/reader/source'
import { createTrainer } from '../../../core/training/trainer'
import reference from '../../goldens/intents.json'

const seeds = [1, 2, 3, 4, 5, 6]

function withSeed({ data, training, ...rest }: Experiment, seed: number): Experiment {
  return { ...rest, data: { ...data, split: { ...data.split, seed } }, training: { ...training, seed } }
}

describe('sentences and their intents', () => {
  it('are told apart, with no editing, as well as by scikit-learn', async () => {
    const source = 'sample:intents'
    const read = await readSource(source, '/nowhere')
    const experiment = proposeExperiment(read.table, { source, csv: read.csv })
    expect(experiment.data.columns.text).toMatchObject({ role: 'feature', type: 'text', encode: 'tf-idf' })
    const scores = seeds.map((seed) => {
      const material = materialOf(withSeed(experiment, seed), read)
      const trainer = createTrainer({ ...material, backend: createTrainingBackend(), clock: () => 0 })
      const end = [...trainer.events].at(-1)
      return (end?.type === 'end' && end.metrics.test?.accuracy) || 0
    })
    const mean = scores.reduce((sum, score) => sum + score, 0) / seeds.length
    const { mean: theirs, sd } = reference.accuracy
    expect(mean).toBeGreaterThanOrEqual(theirs - sd / 2)
  })
})
