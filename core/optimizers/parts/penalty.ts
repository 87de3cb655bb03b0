import type { Tensor } from '../../graph/graph'
import { add, multiply, sign } from '../../graph/ops'
import { isWeights, mapWindows, windowOf, type Part } from './part'

/**
 * The gradient of the penalty l1 Σ|w| + l2 Σ w² over all weights but biases: l1 sign(w) + 2 l2 w. The penalty is not
 * part of the loss that is shown, so that training and validation loss stay comparable.
 * Source: Hastie, Tibshirani, Friedman, “The Elements of Statistical Learning”, 2nd edition, 2009, section 3.4; the factors
 * as in Keras' L1L2, which has no ½.
 */
export const penalty =
  (l1: number, l2: number): Part =>
  (gradient, { layout, parameters }) =>
    mapWindows(gradient, layout.parameters, (g, placed) =>
      isWeights(placed) ? add(g, penaltyGradient(windowOf(parameters, placed), l1, l2)) : g,
    )

function penaltyGradient(w: Tensor, l1: number, l2: number): Tensor {
  const parts = [...(l1 > 0 ? [multiply(sign(w), l1)] : []), ...(l2 > 0 ? [multiply(w, 2 * l2)] : [])]
  return parts.reduce((a, b) => add(a, b))
}
