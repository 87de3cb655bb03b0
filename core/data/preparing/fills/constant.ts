import { z } from 'zod'
import { isDate, readDates } from '../../cells/date'
import { isCoded, type NumericColumn } from '../../table'
import type { FillKind } from '../preparation'

interface Constant extends Record<string, unknown> {
  readonly value: string | number
}

export const constant: FillKind<Constant> = {
  type: 'constant',
  order: 40,
  label: 'Constant',
  help: 'A missing cell gets this value: a number, a date such as 2024-12-31 (or days since 1970), yes or no as the file writes it, or a word; a word that no row has becomes a category of its own.',
  schema: z.strictObject({
    value: z
      .union([z.string(), z.number()])
      .default(0)
      .meta({ label: 'Value', help: 'What stands in for a missing cell, in the unit of the column.' }),
  }),
  formula: String.raw`x_{\text{missing}} = c`,
  source: 'scikit-learn’s SimpleImputer, strategy “constant”',
  types: ['number', 'boolean', 'date', 'category', 'text'],
  misfit: (column, { value }) =>
    isCoded(column) || !Number.isNaN(inUnitOf(column, value))
      ? undefined
      : {
          expected: `a value of a column of type ${column.type}`,
          came: JSON.stringify(value),
          advice: `Give ${examples[column.type]}.`,
        },
  number: (_values, { value }, column) => inUnitOf(column, value),
  word: (_levels, _counts, { value }) => String(value),
}

const examples: Record<NumericColumn['type'], string> = {
  number: 'a number, such as 0 or 2.5',
  boolean: 'one of the two words that the column has',
  date: 'a date, such as 2024-12-31',
}

const readers: Record<NumericColumn['type'], (cell: string, column: NumericColumn) => number> = {
  number: (cell) => (cell.trim() === '' ? NaN : Number(cell)),
  boolean: (cell, { labels = ['no', 'yes'] }) => {
    const at = labels.findIndex((label) => label.toLowerCase() === cell.trim().toLowerCase())
    return at >= 0 ? at : ['0', '1'].includes(cell) ? Number(cell) : NaN
  },
  date: (cell) =>
    cell.trim() === '' || isDate(cell.trim()) ? readDates([cell.trim()]).parse(cell.trim()) : Number(cell),
}

const inUnitOf = (column: NumericColumn, value: string | number): number =>
  readers[column.type](String(value), column)
