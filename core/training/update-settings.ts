import type { Experiment } from '../experiment/schema'
import type { UpdateSettings } from '../network/plans'

/** What surrounds the optimizer, as an experiment wants it. */
export const updateSettings = (
  { regularization, clip, training }: Experiment,
  weights: Float32Array | undefined,
): UpdateSettings => ({
  ...(regularization && { regularization }),
  ...(clip && { clip }),
  weighted: weights !== undefined,
  accumulates: (training.accumulate ?? 1) > 1,
  averages: training.averaging !== undefined,
})
