import { z } from 'zod'
import type { FillKind } from '../preparation'

export const zero: FillKind = {
  type: 'zero',
  order: 50,
  label: 'Zero',
  help: 'A missing cell counts as 0, as no, as none of the categories, or as a text without words.',
  schema: z.strictObject({}),
  formula: String.raw`x_{\text{missing}} = 0`,
  source: 'scikit-learn’s SimpleImputer, strategy “constant” with 0',
  types: ['number', 'boolean', 'date', 'category', 'text'],
  number: () => 0,
  word: () => null,
}
