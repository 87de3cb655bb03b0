import { confusion } from './confusion'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

export const accuracy: MetricKind = {
  type: 'accuracy',
  order: 10,
  label: 'Accuracy',
  help: 'Share of the rows whose class was predicted. Misleading when one class has most of the rows.',
  schema: noSettings,
  formula: String.raw`\frac{1}{N} \sum_i [\hat c_i = c_i]`,
  source:
    'Hastie, Tibshirani, Friedman, “The Elements of Statistical Learning”, 2nd edition, 2009, section 7.2',
  targets: ['binary', 'category'],
  better: 'higher',
  share: true,
  compute: (scored) => confusion(scored).reduce((right, row, k) => right + row[k]!, 0) / scored.rows,
}
