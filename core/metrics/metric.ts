import type { Kind } from '../catalog/kind'
import type { TargetDescription } from '../data/prepared'

/** Predictions and truth of one split. */
export interface Scored {
  readonly target: TargetDescription
  readonly rows: number
  /** 1 for number and binary, the count of classes, or of several columns. */
  readonly units: number
  /** True for one of several labels: scores that average over classes are those of the second class alone, which is to be found. */
  readonly isLabel?: true
  /** [rows, units]: probabilities after the link, or values in the target's own unit. */
  readonly predictions: Float64Array
  /** [rows, units]: 0/1 or one-hot, or values in the target's own unit. */
  readonly truth: Float64Array
}

/** Which of two values is the better one. */
export type Better = 'higher' | 'lower'

export interface MetricKind extends Kind {
  /**
   * Targets that it is computed for. Of several columns it is the mean over them, except where `numbers` or `labels` is among
   * these.
   */
  readonly targets: readonly TargetDescription['type'][]
  readonly better: Better
  /** Shown as a percentage. */
  readonly share: boolean
  /** NaN where it is not defined, such as the ROC area with one class only. */
  compute(scored: Scored): number
}
