import type { Tensor } from '../graph/graph'
import { greater, maximum, minimum, multiply, stopGradient, where } from '../graph/ops'

/**
 * x held between two numbers. The derivative is 1 between them and 0 at and beyond them, as that of PyTorch's Hardtanh;
 * NaN stays NaN.
 */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  const inside = multiply(greater(x, low), greater(high, x))
  return where(inside, x, stopGradient(minimum(maximum(x, low), high)))
}
