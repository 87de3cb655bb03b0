import type { ScaleKind } from '../preparation'
import { factorOf, linear, type Linear } from './linear'

export const minMax: ScaleKind<Record<string, unknown>, Linear> = {
  type: 'min-max',
  order: 20,
  label: 'Min–max',
  help: 'The lowest value of the training rows becomes 0 and the highest 1. For bounded values such as pixels; one outlier squeezes all others.',
  formula: String.raw`y = \frac{x - x_{\min}}{x_{\max} - x_{\min}}`,
  source: 'scikit-learn’s MinMaxScaler',
  ...linear,
  fit: (values) => {
    let [low, high] = [Infinity, -Infinity]
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i]!)
      high = Math.max(high, values[i]!)
    }
    return values.length ? { offset: low, factor: factorOf(high - low) } : { offset: 0, factor: 1 }
  },
}
