import type { Table } from '../table'
import { cellText } from './cell-text'
import type { RowsPage, RowsWish } from './rows-wish'

const mostRows = 1000

/** A page of the table in an order that was made before. */
export function readRows(table: Table, order: Uint32Array, { from, count, columns }: RowsWish): RowsPage {
  const start = Math.max(0, Math.floor(from))
  const taken = order.subarray(start, start + Math.min(mostRows, Math.max(0, Math.floor(count))))
  const shown = columns.map((name) => table.columns.find((column) => column.name === name))
  return {
    total: order.length,
    rows: Array.from(taken, (row) => ({
      row: row + 1,
      cells: shown.map((column) => (column ? cellText(column, row) : null)),
    })),
  }
}
