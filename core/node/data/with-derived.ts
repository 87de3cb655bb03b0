import { deriveColumns, type DerivedData } from '../../data/derived/derive-columns'
import { isCoded, type Column } from '../../data/table'
import type { ReadFile } from '../reader/formats/read-file'

/** A table that was read, with an experiment's computed columns, in its first rows too. @throws LabError as `deriveColumns` does */
export function withDerived(read: ReadFile, data: DerivedData): ReadFile {
  const table = deriveColumns(read.table, data)
  const added = table.columns.slice(read.table.columns.length)
  if (added.length === 0) return read
  const rows = read.rows.map((cells, row) => [...cells, ...added.map((column) => cellText(column, row))])
  return { ...read, table, rows }
}

/** A computed cell as it would stand in a file; null is missing. */
function cellText(column: Column, row: number): string | null {
  if (isCoded(column)) return column.levels[column.codes[row]!] ?? null
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return column.labels?.[value] ?? String(value)
  if (column.type === 'date')
    return new Date(Math.round(value * 86_400_000)).toISOString().replace(/T00:00:00.000Z$/, '')
  return String(Number(value.toPrecision(7)))
}
