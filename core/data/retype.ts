import { LabError } from '../errors/lab-error'
import { areWhole } from './typing'
import { isCoded, typeOf, type CodedColumn, type Column, type ColumnType, type NumericColumn } from './table'
import { byCodePoint } from './text-order'

/**
 * The column with another type, as far as its values allow without the file: numbers, yes/no and dates become
 * categories, and two values become yes/no.
 * @throws LabError `type-mismatch` for the rest, such as words that should be numbers
 */
export function retypeColumn(column: Column, type: ColumnType): Column {
  if (typeOf(column) === type) return column
  const reason = 'You chose this type.'
  if (type === 'identifier') return { ...column, nature: type, reason }
  if (column.type === type) return { ...column, nature: undefined, reason }
  if (type === 'integer' && column.type === 'number' && areWhole(column.values))
    return { ...column, nature: type, reason }
  if (isCoded(column) && (type === 'category' || type === 'text'))
    return { ...column, type, nature: undefined, reason }
  const coded = isCoded(column) ? column : toWords(column, reason)
  if (type === 'category') return coded
  if (type === 'boolean' && coded.levels.length === 2) return toYesNo(coded, reason)
  throw new LabError({
    code: 'type-mismatch',
    expected: `a column of type ${type}`,
    came: `a column of type ${typeOf(column)}: ${column.reason}`,
    advice: `Set the column's type to ${typeOf(column)}, or correct its cells.`,
    place: { column: column.name },
  })
}

function toWords(column: NumericColumn, reason: string): CodedColumn {
  const { name, values, labels } = column
  const word = (value: number): string => (labels ? labels[value === 1 ? 1 : 0] : String(value))
  const known = [...new Set(values)]
    .filter((value) => !Number.isNaN(value))
    .map((value) => ({ value, level: word(value) }))
    .sort((a, b) => byCodePoint(a.level, b.level))
  const place = new Map(known.map(({ value }, i) => [value, i]))
  const codes = Int32Array.from(values, (value) => place.get(value) ?? -1)
  return { name, type: 'category', codes, levels: known.map(({ level }) => level), reason }
}

function toYesNo({ name, codes, levels }: CodedColumn, reason: string): NumericColumn {
  const values = Float64Array.from(codes, (code) => (code < 0 ? NaN : code))
  return { name, type: 'boolean', values, labels: [levels[0]!, levels[1]!], reason }
}
