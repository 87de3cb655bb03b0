import { meanOver, residualMetric } from './residual'

export const rmse = residualMetric({
  type: 'rmse',
  order: 80,
  label: 'RMSE',
  help: 'Root of the mean squared miss, in the unit of the target. Large misses weigh most.',
  formula: String.raw`\sqrt{\frac{1}{N} \sum_i (\hat y_i - y_i)^2}`,
  source:
    'James, Witten, Hastie, Tibshirani, “An Introduction to Statistical Learning”, 2nd edition, 2021, equation 2.5, its root',
  better: 'lower',
  share: false,
  of: (predicted, truth) => Math.sqrt(meanOver(predicted, truth, (p, t) => (p - t) * (p - t))),
})
