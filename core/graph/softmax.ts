import type { Tensor } from './graph'
import { divide, exp, log, max, stopGradient, subtract, sum } from './ops'

/** x less the largest number of its row (the last axis), so that no exponential overflows. */
function shifted(x: Tensor): { apart: Tensor; axes: number[] } {
  const axes = [x.shape.length - 1]
  return { apart: subtract(x, stopGradient(max(x, axes))), axes }
}

/** Over the last axis: e^x / Σ e^x */
export function softmax(x: Tensor): Tensor {
  const { apart, axes } = shifted(x)
  const raised = exp(apart)
  return divide(raised, sum(raised, axes))
}

/** Over the last axis: x - log Σ e^x */
export function logSoftmax(x: Tensor): Tensor {
  const { apart, axes } = shifted(x)
  return subtract(apart, log(sum(exp(apart), axes)))
}
