import { z } from 'zod'
import type { ClipKind } from '../preparation'
import { quantileOf } from '../statistics'

interface Fence extends Record<string, unknown> {
  readonly factor: number
}

export const iqr: ClipKind<Fence> = {
  type: 'iqr',
  order: 20,
  label: 'By quartiles',
  help: 'Values further than some interquartile ranges from the quartiles become the limit; 1.5 is the fence of a box plot, 3 that of far outliers.',
  schema: z.strictObject({
    factor: z
      .number()
      .gt(0)
      .default(3)
      .meta({ label: 'Ranges', help: 'Interquartile ranges beyond the quartiles.' }),
  }),
  formula: String.raw`x' = \min(\max(x,\, q_{1/4} - k\,r),\, q_{3/4} + k\,r), \quad r = q_{3/4} - q_{1/4}`,
  source: 'Tukey, “Exploratory Data Analysis”, 1977, section 2D',
  types: ['number', 'date'],
  limits: (sorted, { factor }) => {
    const [low, high] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)]
    return { low: low - factor * (high - low), high: high + factor * (high - low) }
  },
}
