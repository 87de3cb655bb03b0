import type { Kind } from '../catalog/kind'
import type { TargetDescription } from '../data/prepared'

/** Predictions and truth of one split. */
export interface Scored {
  readonly target: TargetDescription
  readonly rows: number
  /** 1 for number and binary, else the count of classes. */
  readonly units: number
  /** [rows, units]: probabilities after the link, or values in the target's own unit. */
  readonly predictions: Float64Array
  /** [rows, units]: 0/1 or one-hot, or values in the target's own unit. */
  readonly truth: Float64Array
}

/** Which of two values is the better one. */
export type Better = 'higher' | 'lower'

export interface MetricKind extends Kind {
  readonly targets: readonly TargetDescription['type'][]
  readonly better: Better
  /** Shown as a percentage. */
  readonly share: boolean
  /** NaN where it is not defined, such as the ROC area with one class only. */
  compute(scored: Scored): number
}
