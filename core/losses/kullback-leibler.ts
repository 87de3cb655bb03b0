import { z } from 'zod'
import { add, log, maximum, multiply, subtract, sum } from '../graph/ops'
import { labelSmoothingField, smoothed } from './label-smoothing'
import { shiftedLogSum } from './log-softmax'
import type { LossKind } from './loss'

const schema = z.strictObject({ labelSmoothing: labelSmoothingField() })

/** t log t is 0 at t = 0, as any finite logarithm in its place makes it; this one float32 can hold. */
const smallest = 1e-30

export const kullbackLeibler: LossKind<z.output<typeof schema>> = {
  type: 'kullback-leibler',
  order: 56,
  label: 'Kullback-Leibler divergence',
  help: 'How far the predicted probabilities are from the wanted ones; 0 where they agree. With label smoothing it tells cross-entropy without the part that no network can remove.',
  schema,
  formula: String.raw`L(z, t) = \sum_{k=1}^{n} t_k \left( \log t_k - \log \frac{e^{z_k}}{\sum_j e^{z_j}} \right), \quad t \leftarrow (1 - s)\, t + \tfrac{s}{n}`,
  source:
    'Kullback and Leibler, “On information and sufficiency”, Annals of Mathematical Statistics 22 (1951), equation 2.4; as PyTorch’s KLDivLoss, summed over the classes',
  targets: ['category'],
  link: 'softmax',
  build({ labelSmoothing }, z, t) {
    const wanted = smoothed(t, labelSmoothing, t.shape[1]!)
    const { shifted, logSum } = shiftedLogSum(z)
    const surprise = add(log(maximum(wanted, smallest)), subtract(logSum, shifted))
    return sum(multiply(wanted, surprise), [1])
  },
}
