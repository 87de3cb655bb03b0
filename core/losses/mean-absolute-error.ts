import { z } from 'zod'
import { abs, mean, subtract } from '../graph/ops'
import type { LossKind } from './loss'

/** The derivative at a miss of 0 is taken as 0. */
export const meanAbsoluteError: LossKind = {
  type: 'mean-absolute-error',
  order: 20,
  label: 'Mean absolute error',
  help: 'Average size of the misses; leads to the median. Take it when a few rows are far off and should not decide.',
  schema: z.strictObject({}),
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} |y_j - t_j|`,
  source:
    'Hastie, Tibshirani, Friedman, “The Elements of Statistical Learning”, 2nd edition, 2009, section 10.6',
  targets: ['number'],
  link: 'identity',
  build: (_config, y, t) => mean(abs(subtract(y, t)), [1]),
}
