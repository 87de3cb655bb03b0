import { refuseColumn } from './columns'
import { isCoded, type Table } from './table'

/**
 * Names the group of each row by its cell in a column; a row whose cell is missing is a group of its own.
 * @throws LabError `unknown-column`
 */
export function groupReader(table: Table, name: string): (row: number) => string {
  const names = table.columns.map((column) => column.name)
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) return refuseColumn(name, names, table.name)
  const values = isCoded(column) ? column.codes : column.values
  return (row) => {
    const value = values[row]!
    const missing = isCoded(column) ? value < 0 : Number.isNaN(value)
    return missing ? `row ${row}` : `value ${value}`
  }
}
