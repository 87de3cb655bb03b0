import { z } from 'zod'
import { add, mean, multiply, negate, softplus, subtract } from '../graph/ops'
import type { LossKind } from './loss'

/** -log σ(z) = softplus(-z) and -log(1 - σ(z)) = softplus(z): no probability is ever rounded to 0 or 1. */
export const binaryCrossEntropy: LossKind = {
  type: 'binary-cross-entropy',
  order: 40,
  label: 'Binary cross-entropy',
  help: 'How surprised the predicted probability is by the true answer. The choice for yes/no and other targets of two classes.',
  schema: z.strictObject({}),
  formula: String.raw`L(z, t) = \frac{1}{n} \sum_{j=1}^{n} -t_j \log \sigma(z_j) - (1 - t_j) \log (1 - \sigma(z_j))`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.2, equation 5.21, of the number before the sigmoid',
  targets: ['binary'],
  link: 'sigmoid',
  build(_config, z, t) {
    const yes = multiply(t, softplus(negate(z)))
    const no = multiply(subtract(1, t), softplus(z))
    return mean(add(yes, no), [1])
  },
}
