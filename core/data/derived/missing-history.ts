import type { Experiment } from '../../experiment/schema'
import type { Preprocessing } from '../prepared'
import { isCoded, type Table } from '../table'
import { wayOf } from './kinds'
import { neededFor } from './needed'

/** A computed input, and the rows of a further table that lack what it is computed from. */
export interface MissingHistory {
  readonly column: string
  readonly rows: number
}

/**
 * The inputs from earlier rows that are missing somewhere in a further table, as for its first rows, which have no earlier
 * ones: they are filled as in training. @param table with its computed columns
 */
export function findMissingHistory(
  { features }: Pick<Preprocessing, 'features'>,
  { data }: Pick<Experiment, 'data'>,
  table: Table,
): MissingHistory[] {
  const inputs = features.map(({ column }) => column)
  const ofInput = (name: string): boolean =>
    neededFor([name], data).derived.some((each) => wayOf(each) !== 'formula')
  return (data.derived ? inputs.filter(ofInput) : []).flatMap((column) => {
    const rows = countMissing(table, column)
    return rows > 0 ? [{ column, rows }] : []
  })
}

function countMissing(table: Table, name: string): number {
  const column = table.columns.find((each) => each.name === name)
  if (!column) return 0
  return isCoded(column)
    ? column.codes.reduce((count, code) => count + Number(code < 0), 0)
    : column.values.reduce((count, value) => count + Number(Number.isNaN(value)), 0)
}
