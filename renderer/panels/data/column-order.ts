import type { Relation } from '../../../core/data/profile/relation'
import type { ColumnRow } from './column-settings'

type Relations = ReadonlyMap<string, Relation>

interface Order {
  /** Least first. */
  readonly rises: boolean
  readonly key: (row: ColumnRow, relations: Relations) => number | string
}

/** By what the list of columns can be sorted, and in which direction first. */
export const columnOrders = {
  name: { rises: true, key: ({ summary }) => summary.name.toLowerCase() },
  type: { rises: true, key: ({ type }) => type },
  missing: { rises: false, key: ({ summary }) => summary.missing / Math.max(1, summary.count) },
  correlation: {
    rises: false,
    key: ({ summary }, relations) => Math.abs(relations.get(summary.name)?.correlation ?? -1),
  },
  information: {
    rises: false,
    key: ({ summary }, relations) => relations.get(summary.name)?.information ?? -1,
  },
} satisfies Record<string, Order>

export type ColumnOrder = keyof typeof columnOrders

/** Columns that are alike stay in the order of the file. */
export function sortColumns(
  rows: readonly ColumnRow[],
  relations: Relations,
  { by, reverse }: { by: ColumnOrder; reverse: boolean },
): ColumnRow[] {
  const { rises, key }: Order = columnOrders[by]
  const sign = rises === reverse ? -1 : 1
  return rows
    .map((row) => ({ row, key: key(row, relations) }))
    .sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row)
}
