import { noSettings } from './macro'
import type { MetricKind } from './metric'

export const exactMatch: MetricKind = {
  type: 'exactMatch',
  order: 15,
  label: 'Exact match',
  help: 'Share of the rows of which every label was predicted right. The strictest score of several labels: one wrong label and the row is wrong.',
  schema: noSettings,
  formula: String.raw`\frac{1}{N} \sum_i \prod_j [\hat t_{ij} = t_{ij}]`,
  source:
    'Ghamrawi and McCallum, “Collective multi-label classification”, CIKM 2005; as scikit-learn’s accuracy_score of several labels',
  targets: ['labels'],
  better: 'higher',
  share: true,
  compute({ rows, units, predictions, truth }) {
    let right = 0
    for (let row = 0; row < rows; row++) {
      let unit = 0
      while (unit < units && isSame(predictions, truth, row * units + unit)) unit++
      if (unit === units) right++
    }
    return right / rows
  },
}

const isSame = (predictions: Float64Array, truth: Float64Array, at: number): boolean =>
  predictions[at]! > 0.5 === truth[at]! > 0.5
