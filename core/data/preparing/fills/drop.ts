import { z } from 'zod'
import { meanOf } from '../statistics'
import type { FillKind } from '../preparation'
import { mostFrequent } from './most-frequent'

export const drop: FillKind = {
  type: 'drop',
  order: 60,
  label: 'Leave row out',
  help: 'A row whose cell is missing takes no part in training and scores. When predicting every row must have an answer, so the mean or the most frequent value stands in there.',
  schema: z.strictObject({}),
  formula: String.raw`\{ i : x_i \text{ is missing} \} \text{ is left out}`,
  source: 'Little and Rubin, “Statistical Analysis with Missing Data”, 2002, section 3.2',
  types: ['number', 'boolean', 'date', 'category', 'text'],
  number: (values, config, column) =>
    column.type === 'boolean' ? mostFrequent.number(values, config, column) : meanOf(values),
  word: (levels, counts, config) => mostFrequent.word(levels, counts, config),
}
