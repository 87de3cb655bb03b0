import type { Tensor } from '../../graph/graph'
import { divide, maximum, multiply, reshape, sqrt, square, sum } from '../../graph/ops'
import { sizeOf, type Shape } from '../../graph/shape'
import { mapWindows, type Part } from './part'

/**
 * After the update: the weights that lead into a unit are scaled back to a length of at most `limit`. What a unit is, the
 * layer says: the columns of a dense layer's weights [in, units], the filters of a convolution, the ids of an embedding.
 * Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, “Dropout”, JMLR 15 (2014), section 5.1; as PyTorch's
 * renorm, without its 1e-7 in the denominator, which the maximum here makes needless.
 */
export const maxNorm =
  (limit: number): Part =>
  (weights, { layout }) =>
    mapWindows(weights, layout.parameters, (w, { shape, spec: { unitAxis } }) =>
      unitAxis === undefined ? w : limited(w, shape, unitAxis, limit),
    )

function limited(flat: Tensor, shape: Shape, axis: number, limit: number): Tensor {
  const [before, after] = [shape.slice(0, axis), shape.slice(axis + 1)].map(sizeOf) as [number, number]
  const w = reshape(flat, [before, shape[axis]!, ...(after > 1 ? [after] : [])])
  const norm = sqrt(sum(square(w), [0, 2].slice(0, w.shape.length - 1)))
  return reshape(multiply(w, divide(limit, maximum(norm, limit))), flat.shape)
}
