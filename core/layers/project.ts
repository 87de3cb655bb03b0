import type { Tensor } from '../graph/graph'
import { add, matmul, reshape } from '../graph/ops'
import { sizeOf } from '../graph/shape'

/** x [..., in] W [in, out] + b [out] -> [..., out]: one product for all rows and places. */
export function project(x: Tensor, weights: Tensor, bias?: Tensor): Tensor {
  const [width, units] = weights.shape as [number, number]
  const product = matmul(reshape(x, [sizeOf(x.shape) / width, width]), weights)
  return reshape(bias ? add(product, bias) : product, [...x.shape.slice(0, -1), units])
}
