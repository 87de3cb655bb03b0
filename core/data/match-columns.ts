import { suggest } from '../catalog/suggest'
import { LabError } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import { neededFor } from './derived/needed'
import type { Preprocessing } from './prepared'
import type { CodedColumn, Table } from './table'
import { targetColumns } from './target-parts'

/** How the columns of a new table fit those that a network was trained with; they are matched by name. */
export interface ColumnMatch {
  /** Columns that the network reads, or that its inputs are computed from, found in the table. */
  readonly found: readonly string[]
  /** Columns that the network reads, and the table lacks. */
  readonly absent: readonly string[]
  /** Columns of the table that training did not know. */
  readonly extra: readonly string[]
  /** The known columns come in another order than in training; that does no harm. */
  readonly reordered: boolean
  /** The table has every target, too, so that the predictions can be judged. */
  readonly hasTarget: boolean
}

/** What columns that a table lacks are to mean: a help page, or missing cells throughout. */
export type AbsentColumns = 'refuse' | 'empty'

/** Compares the names of a table's columns with those of training. */
export function matchColumns(
  { features, target }: Preprocessing,
  { data }: Pick<Experiment, 'data'>,
  names: readonly string[],
): ColumnMatch {
  const inputs = features.map(({ column }) => column)
  const read = data.derived ? neededFor(inputs, data).own : inputs
  const trained = Object.keys(data.columns).length
    ? Object.keys(data.columns)
    : [...read, ...targetColumns(target)]
  const known = names.filter((name) => trained.includes(name))
  // An object keeps names that are whole numbers in their own order, so that nothing can be said of them.
  const tells = (name: string): boolean => names.includes(name) && !/^\d+$/.test(name)
  const [before, now] = [trained.filter(tells), known.filter(tells)]
  return {
    found: read.filter((name) => names.includes(name)),
    absent: read.filter((name) => !names.includes(name)),
    extra: names.filter((name) => !trained.includes(name)),
    reordered: before.some((name, i) => now[i] !== name),
    hasTarget: neededFor(targetColumns(target), data).own.every((name) => names.includes(name)),
  }
}

/** @throws LabError `missing-column` that names every column the table lacks */
export function refuseAbsent({ absent, extra }: ColumnMatch, table: Pick<Table, 'name' | 'columns'>): void {
  const [first] = absent
  if (first === undefined) return
  const near = absent.flatMap((name) => {
    const meant = suggest(name, extra)
    return meant === undefined ? [] : [`If "${meant}" is meant, rename it to "${name}".`]
  })
  const them = absent.length === 1 ? 'the column' : 'the columns'
  throw new LabError({
    code: 'missing-column',
    expected: `${them} ${absent.map((name) => `"${name}"`).join(', ')}, which the network was trained with`,
    came: `the columns ${table.columns.map(({ name }) => name).join(', ')}`,
    advice: [...near, `Add ${them}, or let missing columns count as empty.`].join(' '),
    place: { file: table.name, column: first },
  })
}

/** The table with a column of missing cells for each that it lacks. */
export const withEmptyColumns = (table: Table, names: readonly string[]): Table => ({
  ...table,
  columns: [...table.columns, ...names.map((name) => emptyColumn(name, table.rowCount))],
})

const emptyColumn = (name: string, rows: number): CodedColumn => ({
  ...{ name, type: 'text', levels: [], reason: 'The file has no such column.' },
  codes: new Int32Array(rows).fill(-1),
})
