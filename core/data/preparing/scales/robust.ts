import { sortNumbers } from '../../../numerics/sort-numbers'
import type { ScaleKind } from '../preparation'
import { quantileOf } from '../statistics'
import { linear, type Linear } from './linear'

export const robust: ScaleKind<Record<string, unknown>, Linear> = {
  type: 'robust',
  order: 30,
  label: 'Robust',
  help: 'The median becomes 0, and the distance between the quartiles 1. Outliers stay far out, but do not change what the others get.',
  formula: String.raw`y = \frac{x - q_{1/2}}{q_{3/4} - q_{1/4}}`,
  source: 'scikit-learn’s RobustScaler',
  ...linear,
  fit: (values) => {
    const sorted = sortNumbers(values)
    const extent = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)
    const range = sorted.length ? sorted.at(-1)! - sorted[0]! : 0
    // Quartiles that differ by rounding alone would send all else beyond what numbers can hold.
    const factor = extent > 1e-12 * range ? extent : 1
    return { offset: quantileOf(sorted, 0.5), factor }
  },
}
