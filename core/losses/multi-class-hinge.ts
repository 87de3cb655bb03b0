import { z } from 'zod'
import { add, maximum, mean, multiply, subtract, sum } from '../graph/ops'
import type { LossKind } from './loss'

/** The true class itself would add max(0, 1) to the sum, so its term is left out. */
export const multiClassHinge: LossKind = {
  type: 'multi-class-hinge',
  order: 54,
  label: 'Multi-class hinge',
  help: 'Asks that the true class beats every other by 1, and no more. Take it to mimic a support vector machine; its scores are no calibrated probabilities.',
  schema: z.strictObject({}),
  formula: String.raw`L(z, t) = \frac{1}{n} \sum_{j \ne k} \max\left( 0,\; 1 - z_k + z_j \right), \quad k \text{ the true class}`,
  source:
    'Weston and Watkins, “Support vector machines for multi-class pattern recognition”, ESANN 1999; over n as PyTorch’s MultiMarginLoss',
  targets: ['category'],
  link: 'softmax',
  build(_config, z, t) {
    const own = sum(multiply(t, z), [1])
    const misses = maximum(add(subtract(z, own), 1), 0)
    return mean(multiply(misses, subtract(1, t)), [1])
  },
}
