import { meanOver, residualMetric } from './residual'

export const mae = residualMetric({
  type: 'mae',
  order: 90,
  label: 'MAE',
  help: 'Mean size of the misses, in the unit of the target.',
  formula: String.raw`\frac{1}{N} \sum_i |\hat y_i - y_i|`,
  source:
    'Willmott and Matsuura, “Advantages of the mean absolute error”, Climate Research 30 (2005), pp. 79-82',
  better: 'lower',
  share: false,
  of: (predicted, truth) => meanOver(predicted, truth, (p, t) => Math.abs(p - t)),
})
