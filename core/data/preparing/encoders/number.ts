import { z } from 'zod'
import type { NumberEncoder } from '../preparation'

export const number: NumberEncoder = {
  type: 'number',
  order: 10,
  label: 'Number',
  help: 'One input: the number itself, days since 1970-01-01 for dates, 0 and 1 for yes/no; then scaled.',
  schema: z.strictObject({}),
  formula: String.raw`y = x`,
  source: 'The identity',
  types: ['number', 'boolean', 'date'],
  takes: 'numbers',
  found: z.strictObject({}),
  scaled: true,
  fit: () => ({}),
  inputNames: (column) => [column],
}
