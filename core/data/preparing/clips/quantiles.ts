import { z } from 'zod'
import type { ClipKind } from '../preparation'
import { quantileOf } from '../statistics'

interface Quantiles extends Record<string, unknown> {
  readonly low: number
  readonly high: number
}

const share = (label: string, help: string, value: number) =>
  z.number().min(0).max(1).default(value).meta({ label, help })

export const quantiles: ClipKind<Quantiles> = {
  type: 'quantiles',
  order: 10,
  label: 'At quantiles',
  help: 'Values outside the given shares of the training rows become the limit: with 0.01 and 0.99 the lowest and the highest hundredth.',
  schema: z
    .strictObject({
      low: share('Lowest share', 'Share of the training rows that lies below the lower limit.', 0.01),
      high: share('Highest share', 'Share of the training rows that lies below the upper limit.', 0.99),
    })
    .refine(({ low, high }) => low < high, { message: 'a low share below the high one', path: ['low'] }),
  formula: String.raw`x' = \min(\max(x, q_{\text{low}}), q_{\text{high}})`,
  source: 'Winsorizing; Tukey, “The Future of Data Analysis”, Annals of Mathematical Statistics 33, 1962',
  types: ['number', 'date'],
  limits: (sorted, { low, high }) => ({ low: quantileOf(sorted, low), high: quantileOf(sorted, high) }),
}
