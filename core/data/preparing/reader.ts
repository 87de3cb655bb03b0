import type { Codes } from '../features'

/** A column of a table, ready to be turned into inputs. */
export interface ColumnReader {
  /** Cells of the given rows that hold a category that training never saw. */
  unseen(rows: Uint32Array): number
  /** Numbers of rows `rows[from] .. rows[from + count - 1]` to `out` [count, width]. */
  write(rows: Uint32Array, from: number, count: number, out: Float64Array): void
  /** The same for a column of one input, given where it is quicker: to every `stride`th number of `out` from `to` on. */
  writeStrided?(
    rows: Uint32Array,
    from: number,
    count: number,
    out: Float32Array,
    to: number,
    stride: number,
  ): void
  /** In place of `write` for a column of which one input at most is 1: its place in each row, or the column's width. */
  writePlaces?(rows: Uint32Array, out: Codes): void
}
