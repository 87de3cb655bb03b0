import type { Tensor } from '../graph/graph'
import { add, exp, log, max, stopGradient, subtract, sum } from '../graph/ops'

/** Numbers shifted so that the largest is 0, and the logarithm of the sum of their exponentials. */
export interface ShiftedLogSum {
  readonly shifted: Tensor
  readonly logSum: Tensor
}

/**
 * log Σ exp(z) = c + log Σ exp(z - c) for any c, over the last axis; with c = max z no exponential overflows and one of
 * them is 1. The value does not depend on c, so c is a constant to the derivative. [batch, n] -> [batch, n], [batch, 1]
 */
export function shiftedLogSum(z: Tensor): ShiftedLogSum {
  const shifted = subtract(z, stopGradient(max(z, [1])))
  return { shifted, logSum: log(sum(exp(shifted), [1])) }
}

/** log Σ exp(z) itself: [batch, n] -> [batch, 1] */
export function logSumExp(z: Tensor): Tensor {
  const largest = stopGradient(max(z, [1]))
  return add(log(sum(exp(subtract(z, largest)), [1])), largest)
}
