import { describe, expect, test } from 'vitest'
import { experimentSchema } from '../../../core/experiment/schema'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { optimizers } from '../../../core/optimizers/registry'
import { curesFor } from '../../../renderer/panels/train/cures'

const experimentOf = (change: Partial<ExperimentInput>) =>
  experimentSchema.parse({
    nabla: 1,
    data: { source: 'x.csv' },
    network: [{ type: 'output' }],
    optimizer: { type: 'sgd', learningRate: 50 },
    ...change,
  })

describe('cures of a loss that is not finite', () => {
  test('every one of them leaves an experiment that is allowed, and differs', () => {
    const columns = { a: { scale: 'none' }, b: { scale: 'standard' } } as const
    const experiment = experimentOf({ data: { source: 'x.csv', columns } })
    const cures = curesFor(experiment)
    expect(cures.map(({ id }) => id)).toEqual(['smaller-rate', 'take-adam', 'scale-features'])
    for (const cure of cures) {
      const draft = structuredClone(experiment)
      cure.apply(draft)
      expect(draft).not.toEqual(experiment)
      expect(() => experimentSchema.parse(draft)).not.toThrow()
      expect(() => optimizers.parse(draft.optimizer)).not.toThrow()
    }
  })

  test('the rate is divided by ten and keeps its other settings', () => {
    const experiment = experimentOf({ optimizer: { type: 'adam', learningRate: 0.3, beta1: 0.8 } })
    const [cure] = curesFor(experiment)
    cure!.apply(experiment)
    expect(experiment.optimizer).toEqual({ type: 'adam', learningRate: 0.03, beta1: 0.8 })
  })

  test('only columns that are not scaled are scaled', () => {
    const columns = { a: { scale: 'none' }, b: { scale: 'min-max' } } as const
    const experiment = experimentOf({ data: { source: 'x.csv', columns } })
    curesFor(experiment)
      .find(({ id }) => id === 'scale-features')!
      .apply(experiment)
    expect(experiment.data.columns).toEqual({ a: { scale: 'standard' }, b: { scale: 'min-max' } })
  })
})
