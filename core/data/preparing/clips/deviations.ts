import { z } from 'zod'
import type { ClipKind } from '../preparation'
import { meanOf } from '../statistics'

interface Deviations extends Record<string, unknown> {
  readonly factor: number
}

export const deviations: ClipKind<Deviations> = {
  type: 'deviations',
  order: 30,
  label: 'By deviations',
  help: 'Values further than some standard deviations from the mean become the limit. The outliers themselves widen it; “By quartiles” is not moved by them.',
  schema: z.strictObject({
    factor: z
      .number()
      .gt(0)
      .default(3)
      .meta({ label: 'Deviations', help: 'Standard deviations on each side of the mean.' }),
  }),
  formula: String.raw`x' = \min(\max(x,\, \mu - k\sigma),\, \mu + k\sigma)`,
  source: 'The three-sigma rule; population deviation, as NumPy’s std',
  types: ['number', 'date'],
  limits: (sorted, { factor }) => {
    const mean = meanOf(sorted)
    let squares = 0
    for (let i = 0; i < sorted.length; i++) squares += (sorted[i]! - mean) ** 2
    const reach = factor * Math.sqrt(squares / sorted.length)
    return { low: mean - reach, high: mean + reach }
  },
}
