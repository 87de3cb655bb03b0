import { z } from 'zod'
import { add, mean, multiply, negate, softplus, subtract } from '../graph/ops'
import { labelSmoothingField, smoothed } from './label-smoothing'
import type { LossKind } from './loss'

const schema = z.strictObject({ labelSmoothing: labelSmoothingField() })

/** -log σ(z) = softplus(-z) and -log(1 - σ(z)) = softplus(z): no probability is ever rounded to 0 or 1. */
export const binaryCrossEntropy: LossKind<z.output<typeof schema>> = {
  type: 'binary-cross-entropy',
  order: 40,
  label: 'Binary cross-entropy',
  help: 'How surprised the predicted probability is by the true answer. The choice for yes/no and other targets of two classes.',
  schema,
  formula: String.raw`L(z, t) = \frac{1}{n} \sum_{j=1}^{n} -t_j \log \sigma(z_j) - (1 - t_j) \log (1 - \sigma(z_j)), \quad t \leftarrow (1 - s)\, t + \tfrac{s}{2}`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.2, equation 5.21, of the number before the sigmoid; label smoothing as in Keras’ BinaryCrossentropy',
  targets: ['binary'],
  link: 'sigmoid',
  build({ labelSmoothing }, z, t) {
    const wanted = smoothed(t, labelSmoothing, 2)
    const yes = multiply(wanted, softplus(negate(z)))
    const no = multiply(subtract(1, wanted), softplus(z))
    return mean(add(yes, no), [1])
  },
}
