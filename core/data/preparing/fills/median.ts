import { z } from 'zod'
import type { FillKind } from '../preparation'
import { medianOf } from '../statistics'

export const median: FillKind = {
  type: 'median',
  order: 20,
  label: 'Median',
  help: 'A missing cell gets the value in the middle of the training rows, which outliers hardly move.',
  schema: z.strictObject({}),
  formula: String.raw`x_{\text{missing}} = \operatorname{median}(x_1, \dots, x_n)`,
  source: 'scikit-learn’s SimpleImputer, strategy “median”',
  types: ['number', 'boolean', 'date'],
  number: medianOf,
  word: () => null,
}
