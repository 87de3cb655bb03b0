import type { Tensor } from '../graph/graph'
import { exp, greater, multiply, subtract, where } from '../graph/ops'

/**
 * x where it is positive, else scale (e^{x / width} - 1). Positive numbers are kept out of the exponential: it would
 * overflow, and 0 times infinity spoil the gradient.
 */
export function exponentialLinear(x: Tensor, scale: number, width = 1): Tensor {
  const positive = greater(x, 0)
  const negative = where(positive, 0, x)
  const bent = subtract(exp(width === 1 ? negative : multiply(negative, 1 / width)), 1)
  return where(positive, x, multiply(bent, scale))
}
