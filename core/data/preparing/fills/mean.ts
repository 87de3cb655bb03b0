import { z } from 'zod'
import type { FillKind } from '../preparation'
import { meanOf } from '../statistics'

export const mean: FillKind = {
  type: 'mean',
  order: 10,
  label: 'Mean',
  help: 'A missing cell gets the mean of the training rows: the guess with the smallest squared error.',
  schema: z.strictObject({}),
  formula: String.raw`x_{\text{missing}} = \frac{1}{n} \sum_{i=1}^{n} x_i`,
  source: 'Little and Rubin, “Statistical Analysis with Missing Data”, 2002, section 4.2.1',
  types: ['number', 'boolean', 'date'],
  number: meanOf,
  word: () => null,
}
