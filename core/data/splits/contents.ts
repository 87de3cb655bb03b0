import type { Experiment } from '../../experiment/schema'
import { unscale } from '../preparing/target-scale'
import { splitNames, type PreparedData, type SplitName } from '../prepared'
import { isCoded, type Column, type Table } from '../table'
import { splitKinds } from './kinds'
import { splitColumn } from './split-keys'

/** What one split holds, beside its rows and classes. */
export interface SplitFacts {
  /** Of the target, in its own unit; for number targets of at least one row. */
  readonly mean?: number
  /** Population standard deviation. */
  readonly deviation?: number
  /** Different groups; rows without a group each count as one. */
  readonly groups?: number
  /** Earliest and latest time, as they read. */
  readonly from?: string
  readonly to?: string
}

export interface SplitContents {
  readonly strategy: Experiment['data']['split']['strategy']
  /** The column that the strategy goes by. */
  readonly by?: string
  /** Column of groups that are counted, and of times that are shown. */
  readonly group?: string
  readonly time?: string
  /** Rows with a target in no split, as the split's column says nothing for them, or that they shall be left out. */
  readonly leftOut: number
  readonly splits: Readonly<Record<SplitName, SplitFacts>>
}

/** What each split of prepared data holds. `table` and `data` are what it was prepared from. */
export function describeSplits(
  prepared: PreparedData,
  table: Table,
  data: Pick<Experiment['data'], 'columns' | 'split'>,
): SplitContents {
  const { strategy } = data.split
  const by = splitColumn(table, data)
  const ofRole = (role: 'group' | 'time'): Column | undefined =>
    splitKinds[strategy].by === role
      ? by
      : table.columns.find(({ name }) => data.columns[name]?.role === role)
  const [group, time] = [ofRole('group'), ofRole('time')]
  const facts = (name: SplitName): SplitFacts => {
    const rows = prepared.splits[name]
    const tableRows = group || time ? rows.map((row) => prepared.fileRows[row]! - 1) : rows
    return {
      ...targetFacts(prepared, rows),
      ...(group && { groups: countGroups(group, tableRows) }),
      ...(time && timeFacts(time, tableRows)),
    }
  }
  const [train, validation, test] = splitNames.map(facts)
  return {
    strategy,
    ...(by && { by: by.name }),
    ...(group && { group: group.name }),
    ...(time && { time: time.name }),
    leftOut: by ? countWithout(by, table, data, prepared) : 0,
    splits: { train: train!, validation: validation!, test: test! },
  }
}

/** Rows that the split's column puts nowhere. Groups leave none out. */
function countWithout(
  column: Column,
  table: Table,
  { split }: Pick<Experiment['data'], 'split'>,
  { fileRows }: PreparedData,
): number {
  const taken = new Set(fileRows)
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter(
    (row) => !taken.has(row + 1),
  )
  return splitKinds[split.strategy].keys!(column, rows, split).filter(Number.isNaN).length
}

function targetFacts({ preprocessing: { target }, targets }: PreparedData, rows: Uint32Array): SplitFacts {
  if (target.type !== 'number' || rows.length === 0) return {}
  const values = new Float64Array(rows.length)
  for (let i = 0; i < values.length; i++) values[i] = targets.values[rows[i]!]!
  unscale(values, target)
  let [sum, squares] = [0, 0]
  for (let i = 0; i < values.length; i++) sum += values[i]!
  const mean = sum / values.length
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

function countGroups(column: Column, rows: Uint32Array): number {
  const values = isCoded(column) ? column.codes : column.values
  const seen = new Set<number>()
  let alone = 0
  for (const row of rows) {
    const value = values[row]!
    if (isCoded(column) ? value < 0 : Number.isNaN(value)) alone++
    else seen.add(value)
  }
  return seen.size + alone
}

function timeFacts(column: Column, rows: Uint32Array): SplitFacts {
  const values = isCoded(column) ? column.codes : column.values
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    const value = values[row]!
    if (isCoded(column) && value < 0) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? {} : { from: timeText(column, low), to: timeText(column, high) }
}

/** `2024-03-01`, `2024-03-01 12:30:00` where there is a time of day, or the number or word itself. */
function timeText(column: Column, value: number): string {
  if (isCoded(column)) return column.levels[value]!
  if (column.type !== 'date') return String(value)
  const text = new Date(Math.round(value * 86_400_000)).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}
