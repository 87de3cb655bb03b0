import { isCoded, type NumericColumn } from '../table'
import type { Fix } from './fix'
import type { Scene } from './scene'

/** In a series at least this share of rows is no earlier than the row before. */
const inOrder = 0.95
const fewest = 20

/**
 * The column that puts the rows in time: dates that (nearly) rise through the file and are mostly different, whether or not
 * the network learns from them. Dates of birth do not.
 */
export function findTimeColumn({ table, rows }: Pick<Scene, 'table' | 'rows'>): NumericColumn | undefined {
  return table.columns.find(
    (column): column is NumericColumn =>
      !isCoded(column) && column.type === 'date' && rows.length >= fewest && isSeries(column.values, rows),
  )
}

function isSeries(values: Float64Array, rows: Uint32Array): boolean {
  let [rising, steps, changes] = [0, 0, 0]
  for (let i = 1; i < rows.length; i++) {
    const [before, now] = [values[rows[i - 1]!]!, values[rows[i]!]!]
    if (Number.isNaN(before) || Number.isNaN(now)) continue
    steps++
    if (now >= before) rising++
    if (now !== before) changes++
  }
  return steps >= rows.length / 2 && rising >= steps * inOrder && changes >= 10
}

export const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10)

export const splitByTime = (column: string): Fix => ({
  label: `Split by the time in ${column}`,
  change: { columns: { [column]: { role: 'time' } }, split: { strategy: 'time', by: column } },
})
