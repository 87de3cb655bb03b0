import { reasonToIgnore } from './roles'
import type { Table } from './table'

/** Names that a column to predict usually has, the surest first. */
const targetNames = [
  'target', 'class', 'label', 'outcome', 'response', 'species', 'diagnosis', 'category', 'result', 'quality',
  'survived', 'churn', 'price',
] // prettier-ignore

/** The column that a table was probably made to predict: by its name, else the last one that says something. */
export function guessTarget(table: Table): string | undefined {
  const usable = table.columns.filter(
    (column) => column.type !== 'text' && reasonToIgnore(column, table.rowCount) === undefined,
  )
  const byName = new Map(usable.map(({ name }) => [name.toLowerCase(), name]))
  const known = targetNames.find((name) => byName.has(name))
  return known === undefined ? usable.at(-1)?.name : byName.get(known)
}
