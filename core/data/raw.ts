/** A column as it stands in the file: each distinct cell once, and for every row the number of its cell. */
export interface RawColumn {
  readonly name: string
  /** Row -> index into `levels`. */
  readonly codes: Int32Array
  /** Distinct cells in the order of their first row, spaces and missing markers included. */
  readonly levels: readonly string[]
}

/** Cells that could not be read as their column's type. */
export interface Unreadable {
  readonly count: number
  /** The first of them (at most 100), in the order of the rows, which are counted from 1. */
  readonly cells: readonly { readonly row: number; readonly cell: string }[]
}

/** How many unreadable cells of a column are kept. */
export const keptUnreadable = 100

/** A column that was read as numbers at once. */
export interface NumberCells {
  readonly name: string
  /** NaN: missing, or unreadable. */
  readonly values: Float64Array
  /** Cells that are not missing, the unreadable ones included. */
  readonly filled: number
  readonly unreadable: Unreadable
}

/** What a reader gives of a file, whatever its format: the cells of each column, as numbers or as they are written. */
export type FileColumn = RawColumn | NumberCells

/** What the file said at one place. */
export const rawCell = (column: RawColumn, row: number): string => column.levels[column.codes[row]!]!
