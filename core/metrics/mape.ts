import { residualMetric } from './residual'

/** A share, not per cent. Rows whose true value is 0 have no relative miss and are left out; NaN without others. */
export const mape = residualMetric({
  type: 'mape',
  order: 100,
  label: 'MAPE',
  help: 'Mean size of the misses as a share of the true values. Rows whose true value is 0 are left out, and small true values weigh much.',
  formula: String.raw`\frac{1}{|\{i : y_i \ne 0\}|} \sum_{i : y_i \ne 0} \left| \frac{\hat y_i - y_i}{y_i} \right|`,
  source:
    'Hyndman and Koehler, “Another look at measures of forecast accuracy”, International Journal of Forecasting 22 (2006), section 2.2',
  better: 'lower',
  share: true,
  of(predicted, truth) {
    let total = 0
    let count = 0
    for (let i = 0; i < truth.length; i++) {
      if (truth[i] === 0) continue
      total += Math.abs((predicted[i]! - truth[i]!) / truth[i]!)
      count++
    }
    return total / count
  },
})
