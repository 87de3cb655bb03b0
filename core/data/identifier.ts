import { isSentences } from './sentences'
import { isCoded, type CodedColumn, type Column } from './table'

const identifierWord = /^(.*[\s_.-])?(id|ids|index|idx|nr|no|row|rowid|key|uuid|ref|unnamed.*|column_1)$/i
/** Such as `customerId`; but not `humid`. */
const identifierEnd = /[a-z](Id|ID)$/

const isIdentifierName = (name: string): boolean => identifierWord.test(name) || identifierEnd.test(name)

/** Whole numbers, no two alike, in a column that is called an identifier. */
export const isRunningNumber = (column: Column): boolean =>
  !isCoded(column) &&
  column.type === 'number' &&
  isIdentifierName(column.name) &&
  column.values.length > 2 &&
  column.values.every(Number.isInteger) &&
  new Set(column.values).size === column.values.length

/** Words of which each row has another, and which are no sentences. */
export const isNameOfRow = (column: Column, rowCount: number): boolean =>
  isCoded(column) && column.type === 'text' && column.levels.length === rowCount && !isSentences(column)

/** Whether a column names its row, by its cells and, where they are numbers, its name. Few rows may all differ by chance. */
export const isIdentifier = (column: Column, rowCount: number): boolean =>
  isRunningNumber(column) || (rowCount > 2 && isNameOfRow(column, rowCount))

/** How many different words the rows have, where more than half of them have one of their own. */
export function manyWords({ codes, levels }: CodedColumn, rows: Uint32Array): number | undefined {
  const isUsed = new Uint8Array(levels.length + 1)
  for (let i = 0; i < rows.length; i++) isUsed[codes[rows[i]!]! + 1] = 1
  const distinct = isUsed.reduce((sum, used) => sum + used, 0)
  return distinct > rows.length / 2 ? distinct : undefined
}

/** Numbers that name rows: from the least to the greatest hardly one lacks. */
export interface RowNumbers {
  readonly low: number
  readonly high: number
  readonly rising: boolean
}

/** Whole numbers without a gap that each occur once; or that rise by one from row to row. */
export function rowNumbers(values: Float64Array, rows: Uint32Array): RowNumbers | undefined {
  let [low, high] = [Infinity, -Infinity]
  let rising = true
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!
    if (!Number.isInteger(value)) return undefined
    low = Math.min(low, value)
    high = Math.max(high, value)
    rising &&= i === 0 || value > values[rows[i - 1]!]!
  }
  // Rows may have been left out, so a tenth of the numbers may lack.
  if (high - low + 1 > rows.length * 1.1) return undefined
  if (!rising && new Set(rows.map((row) => values[row]! - low)).size < rows.length) return undefined
  return { low, high, rising }
}
