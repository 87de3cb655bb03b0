import { suggest } from '../../catalog/suggest'
import { LabError } from '../../errors/lab-error'
import type { Column } from '../table'

/** The column of a name. @throws LabError `unknown-column` */
export function needColumn(name: string, columns: readonly Column[]): Column {
  const column = columns.find((each) => each.name === name)
  if (column) return column
  const names = columns.map((each) => each.name)
  const near = suggest(name, names)
  throw new LabError({
    code: 'unknown-column',
    expected: 'a column of the table, or one computed before',
    came: `"${name}"`,
    advice: near ? `Did you mean "${near}"?` : `The columns are: ${names.join(', ')}.`,
  })
}
