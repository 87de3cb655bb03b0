import { isCoded, type CodedColumn, type Column } from '../table'
import type { FindingKind } from './kind'
import { leaveOut } from './fix'
import { plural } from './words'

/** Fewer rows may be numbered by chance, as years are. */
const fewest = 20

/** A feature that names its row and no other: what is learned from it cannot be true of a new row. */
export const identifier: FindingKind = {
  code: 'identifier',
  label: 'identifiers among the features',
  find: ({ features, rows, pixels }) =>
    features
      // Texts that all differ share their words.
      .filter(({ column }) => column.type !== 'text' && !pixels.has(column.name))
      .flatMap(({ column }) => {
        const how = rows.length < fewest ? undefined : namesRows(column, rows)
        if (how === undefined) return []
        return [
          {
            code: 'identifier',
            severity: 'warning' as const,
            expected: 'features that say the same of many rows',
            came: how,
            advice: 'A network can learn it by heart and nothing else from it. Leave the column out.',
            place: { column: column.name },
            columns: [column.name],
            fix: leaveOut(column.name),
          },
        ]
      }),
}

function namesRows(column: Column, rows: Uint32Array): string | undefined {
  if (isCoded(column)) return manyWords(column, rows)
  if (column.type !== 'number') return undefined
  return numbersRows(column.values, rows)
}

function manyWords({ codes, levels }: CodedColumn, rows: Uint32Array): string | undefined {
  const isUsed = new Uint8Array(levels.length + 1)
  for (let i = 0; i < rows.length; i++) isUsed[codes[rows[i]!]! + 1] = 1
  const distinct = isUsed.reduce((sum, used) => sum + used, 0)
  return distinct > rows.length / 2
    ? `${plural(distinct, 'different value')} in ${plural(rows.length, 'row')}`
    : undefined
}

/** Whole numbers without a gap that each occur once; or that rise by one from row to row. */
function numbersRows(values: Float64Array, rows: Uint32Array): string | undefined {
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
  return `the whole numbers from ${low} to ${high}, each in one row only${rising ? ', in the order of the rows' : ''}`
}
