import type { ScaleKind } from '../preparation'
import { meanOf, spreadOf } from '../statistics'
import { linear, type Linear } from './linear'

export const standard: ScaleKind<Record<string, unknown>, Linear> = {
  type: 'standard',
  order: 10,
  label: 'Standard',
  help: 'Mean 0 and standard deviation 1. What networks learn from best, unless outliers stretch the deviation.',
  formula: String.raw`y = \frac{x - \mu}{\sigma}, \quad \sigma^2 = \frac{1}{n} \sum_{i=1}^{n} (x_i - \mu)^2`,
  source: 'scikit-learn’s StandardScaler: the population deviation',
  ...linear,
  fit: (values) => {
    const offset = meanOf(values)
    return { offset, factor: spreadOf(values, offset) }
  },
}
