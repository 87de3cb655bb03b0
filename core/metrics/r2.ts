import { meanOver, residualMetric } from './residual'

/** NaN where all true values are equal: there is nothing to explain. */
export const r2 = residualMetric({
  type: 'r2',
  order: 110,
  label: 'R²',
  help: 'Share of the target’s variation that is explained: 1 is perfect, 0 no better than always guessing the mean, below 0 worse.',
  formula: String.raw`1 - \frac{\sum_i (\hat y_i - y_i)^2}{\sum_i (y_i - \bar y)^2}`,
  source:
    'James, Witten, Hastie, Tibshirani, “An Introduction to Statistical Learning”, 2nd edition, 2021, equation 3.17',
  better: 'higher',
  share: false,
  of(predicted, truth) {
    if (truth.every((value) => value === truth[0])) return NaN
    const mean = meanOver(predicted, truth, (_p, t) => t)
    const missed = meanOver(predicted, truth, (p, t) => (p - t) * (p - t))
    const spread = meanOver(predicted, truth, (_p, t) => (t - mean) * (t - mean))
    return 1 - missed / spread
  },
})
