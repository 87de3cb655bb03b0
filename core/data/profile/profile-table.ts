import type { Column, Table } from '../table'
import { splitByTarget, type ByTarget } from './by-target'
import { relate, relationLimit, type Relation } from './relation'

/** What the columns say about the target, at a glance. */
export interface TableProfile {
  readonly target: string
  /** Rows that were looked at; fewer than the table has only where it has very many. */
  readonly rows: number
  readonly relations: readonly Relation[]
}

export const profileTable = (table: Table, target: Column): TableProfile => ({
  target: target.name,
  rows: Math.min(table.rowCount, relationLimit),
  relations: relate(table.columns, target, table.rowCount),
})

/** One column against the target; nothing where the table has no such column. */
export function profileColumn(table: Table, name: string, target: Column): ByTarget | null {
  const column = table.columns.find((candidate) => candidate.name === name)
  return column ? splitByTarget(column, target, table.rowCount) : null
}
