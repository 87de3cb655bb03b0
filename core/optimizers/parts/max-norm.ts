import type { Tensor } from '../../graph/graph'
import { divide, maximum, multiply, reshape, sqrt, square, sum } from '../../graph/ops'
import type { Shape } from '../../graph/shape'
import { isWeights, mapWindows, type Part } from './part'

/**
 * After the update: the weights that lead into a unit are scaled back to a length of at most `limit`. A unit is a place
 * on the last axis, so that a dense layer's are the columns of its weights [in, units]. Biases are left alone.
 * Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, “Dropout”, JMLR 15 (2014), section 5.1; as PyTorch's
 * renorm, without its 1e-7 in the denominator, which the maximum here makes needless.
 */
export const maxNorm =
  (limit: number): Part =>
  (weights, { layout }) =>
    mapWindows(weights, layout.parameters, (w, placed) =>
      isWeights(placed) ? limited(w, placed.shape, limit) : w,
    )

function limited(flat: Tensor, shape: Shape, limit: number): Tensor {
  const units = shape.at(-1)!
  const w = reshape(flat, [flat.shape[0]! / units, units])
  const norm = sqrt(sum(square(w), [0]))
  return reshape(multiply(w, divide(limit, maximum(norm, limit))), flat.shape)
}
