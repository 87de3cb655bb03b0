import { z } from 'zod'
import { mean, square, subtract } from '../graph/ops'
import type { LossKind } from './loss'

export const meanSquaredError: LossKind = {
  type: 'mean-squared-error',
  order: 10,
  label: 'Mean squared error',
  help: 'Average of the squared misses, so large misses count most. The usual choice for predicting a number.',
  schema: z.strictObject({}),
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} (y_j - t_j)^2`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.2, equation 5.11, without its factor ½',
  targets: ['number'],
  link: 'identity',
  build: (_config, y, t) => mean(square(subtract(y, t)), [1]),
}
