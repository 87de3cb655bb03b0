import { z } from 'zod'
import { maximum, mean, multiply, subtract } from '../graph/ops'
import type { LossKind } from './loss'

const schema = z.strictObject({
  quantile: z.number().gt(0).lt(1).default(0.5).meta({
    label: 'Quantile',
    help: 'Share of the rows whose target shall lie below the prediction: 0.5 is the median, 0.9 a cautious upper value.',
  }),
})

/** The larger of the two lines is the one whose sign fits r; where r is 0 they share the derivative. */
export const quantile: LossKind<z.output<typeof schema>> = {
  type: 'quantile',
  order: 34,
  label: 'Quantile (pinball)',
  help: 'Weighs misses above and below differently, so that the prediction becomes a quantile. Take it for safety margins and intervals.',
  schema,
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} \max\left( q\, r_j,\; (q - 1)\, r_j \right), \quad r = t - y`,
  source: 'Koenker and Bassett, “Regression quantiles”, Econometrica 46 (1978), pp. 33-50, equation 2.2',
  targets: ['number'],
  link: 'identity',
  build({ quantile: q }, y, t) {
    const r = subtract(t, y)
    return mean(maximum(multiply(r, q), multiply(r, q - 1)), [1])
  },
}
