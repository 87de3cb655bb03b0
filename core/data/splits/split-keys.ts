import { LabError } from '../../errors/lab-error'
import type { Experiment } from '../../experiment/schema'
import { refuseColumn } from '../columns'
import type { Column, Table } from '../table'
import { splitKinds } from './kinds'

type DataSettings = Pick<Experiment['data'], 'columns' | 'split'>

/**
 * The column that the split goes by: the one it names, else the one with the role; nothing where the strategy needs none.
 * @throws LabError `unknown-column`, `no-split-column`
 */
export function splitColumn(table: Table, { columns, split }: DataSettings): Column | undefined {
  const { by } = splitKinds[split.strategy]
  if (!by) return undefined
  const name = split.by ?? Object.keys(columns).find((each) => columns[each]!.role === by)
  if (name === undefined) refuseNone(split.strategy, by)
  const names = table.columns.map((column) => column.name)
  return table.columns.find((column) => column.name === name) ?? refuseColumn(name, names, table.name)
}

/** What the split's column says of the given rows; nothing where the strategy needs no column. @throws LabError as `splitColumn` does */
export function splitKeys(table: Table, data: DataSettings, rows: Uint32Array): Float64Array | undefined {
  const column = splitColumn(table, data)
  return column && splitKinds[data.split.strategy].keys!(column, rows, data.split)
}

function refuseNone(strategy: string, role: string): never {
  throw new LabError({
    code: 'no-split-column',
    expected: `a column that the strategy "${strategy}" goes by`,
    came: `no column named in "by", and none with the role ${role}`,
    advice: `Name the column in data.split.by, or give it the role ${role}.`,
    place: { path: 'data.split.by' },
  })
}
