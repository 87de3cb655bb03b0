import { z } from 'zod'
import { exp, log, max, multiply, stopGradient, subtract, sum } from '../graph/ops'
import type { LossKind } from './loss'

/**
 * -log softmax(z)_k = log Σ exp(z - c) - (z_k - c) for any c; with c = max z no exponential overflows and one of
 * them is 1. The value does not depend on c, so c is a constant to the derivative.
 */
export const softmaxCrossEntropy: LossKind = {
  type: 'softmax-cross-entropy',
  order: 50,
  label: 'Softmax cross-entropy',
  help: 'How surprised the predicted probabilities are by the true class. The choice for targets of three classes or more.',
  schema: z.strictObject({}),
  formula: String.raw`L(z, t) = -\sum_{k=1}^{n} t_k \log \frac{e^{z_k}}{\sum_j e^{z_j}}`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.2, equation 5.24, of the numbers before the softmax',
  targets: ['category'],
  link: 'softmax',
  build(_config, z, t) {
    const shifted = subtract(z, stopGradient(max(z, [1])))
    const logSum = log(sum(exp(shifted), [1]))
    return sum(multiply(t, subtract(logSum, shifted)), [1])
  },
}
