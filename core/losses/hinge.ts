import { z } from 'zod'
import { maximum, mean, multiply, subtract } from '../graph/ops'
import type { LossKind } from './loss'

export const hinge: LossKind = {
  type: 'hinge',
  order: 44,
  label: 'Hinge',
  help: 'Only rows on the wrong side, or nearer than 1 to the border, count: a support vector machine’s loss. Its scores are no calibrated probabilities.',
  schema: z.strictObject({}),
  formula: String.raw`L(z, t) = \frac{1}{n} \sum_{j=1}^{n} \max\left( 0,\; 1 - s_j z_j \right), \quad s_j = 2 t_j - 1`,
  source:
    'Cortes and Vapnik, “Support-vector networks”, Machine Learning 20 (1995), pp. 273-297; as Keras’ Hinge',
  targets: ['binary'],
  link: 'sigmoid',
  build(_config, z, t) {
    const side = subtract(multiply(t, 2), 1)
    return mean(maximum(subtract(1, multiply(side, z)), 0), [1])
  },
}
