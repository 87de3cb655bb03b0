import { manyWords, rowNumbers } from '../identifier'
import { isCoded, type Column } from '../table'
import type { TableKind } from './kind'
import { leaveOut } from './fix'
import { plural } from './words'

/** Fewer rows may be numbered by chance, as years are. */
const fewest = 20

/** A feature that names its row and no other: what is learned from it cannot be true of a new row. */
export const identifier: TableKind = {
  code: 'identifier',
  ofTable: true,
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
  if (isCoded(column)) {
    const distinct = manyWords(column, rows)
    return distinct ? `${plural(distinct, 'different value')} in ${plural(rows.length, 'row')}` : undefined
  }
  const found = column.type === 'number' ? rowNumbers(column.values, rows) : undefined
  if (!found) return undefined
  const { low, high, rising } = found
  return `the whole numbers from ${low} to ${high}, each in one row only${rising ? ', in the order of the rows' : ''}`
}
