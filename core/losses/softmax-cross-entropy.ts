import { z } from 'zod'
import { multiply, subtract, sum } from '../graph/ops'
import { labelSmoothingField, smoothed } from './label-smoothing'
import { shiftedLogSum } from './log-softmax'
import type { LossKind } from './loss'

const schema = z.strictObject({ labelSmoothing: labelSmoothingField() })

/** -log softmax(z)_k = log Σ exp(z - c) - (z_k - c) for any c. */
export const softmaxCrossEntropy: LossKind<z.output<typeof schema>> = {
  type: 'softmax-cross-entropy',
  order: 50,
  label: 'Softmax cross-entropy',
  help: 'How surprised the predicted probabilities are by the true class. The choice for targets of three classes or more.',
  schema,
  formula: String.raw`L(z, t) = -\sum_{k=1}^{n} t_k \log \frac{e^{z_k}}{\sum_j e^{z_j}}, \quad t \leftarrow (1 - s)\, t + \tfrac{s}{n}`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.2, equation 5.24, of the numbers before the softmax; label smoothing as in PyTorch’s CrossEntropyLoss',
  targets: ['category'],
  link: 'softmax',
  build({ labelSmoothing }, z, t) {
    const { shifted, logSum } = shiftedLogSum(z)
    const wanted = smoothed(t, labelSmoothing, t.shape[1]!)
    return sum(multiply(wanted, subtract(logSum, shifted)), [1])
  },
}
