import type { Experiment } from '../../experiment/schema'
import { blocksOf } from '../splits/key-blocks'
import { splitKinds } from '../splits/kinds'
import type { Column, Table } from '../table'

type Settings = Pick<Experiment['data'], 'columns' | 'split'>

/** The column with a role, if an experiment gives it to one. */
export const columnOfRole = (
  table: Pick<Table, 'columns'>,
  columns: Settings['columns'],
  role: 'time' | 'group',
): Column | undefined => table.columns.find(({ name }) => columns[name]?.role === role)

/**
 * The rows of each series in the order of time: by the column with the role time, else as in the file, and one series for
 * each group of the column with the role group. Rows of one time keep the order of the file; rows without a time are in none.
 */
export function seriesOf(table: Table, { columns, split }: Settings): Uint32Array[] {
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row)
  const [time, group] = [columnOfRole(table, columns, 'time'), columnOfRole(table, columns, 'group')]
  const times = time && splitKinds.time.keys!(time, rows, split)
  const series = group
    ? blocksOf(splitKinds.grouped.keys!(group, rows, split)).map((block) => Uint32Array.from(block.rows))
    : [rows]
  if (!times) return series
  return series.map((each) =>
    each.filter((row) => !Number.isNaN(times[row]!)).sort((a, b) => times[a]! - times[b]! || a - b),
  )
}
