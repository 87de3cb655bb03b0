import { noSettings } from './macro'
import type { MetricKind } from './metric'

interface Residual extends Pick<
  MetricKind,
  'type' | 'order' | 'label' | 'help' | 'formula' | 'source' | 'better' | 'share'
> {
  /** (predicted, true), pair by pair and in the target's own unit */
  of: (predicted: Float64Array, truth: Float64Array) => number
}

/** A metric of predicted numbers. */
export const residualMetric = ({ of, ...kind }: Residual): MetricKind => ({
  ...kind,
  schema: noSettings,
  targets: ['number'],
  compute: ({ predictions, truth }) => of(predictions, truth),
})

/** Mean of f(predicted, true) over the pairs; NaN without any. */
export function meanOver(
  predicted: Float64Array,
  truth: Float64Array,
  f: (predicted: number, truth: number) => number,
): number {
  let total = 0
  for (let i = 0; i < truth.length; i++) total += f(predicted[i]!, truth[i]!)
  return total / truth.length
}
