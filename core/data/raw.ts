/** A column as it stands in the file: each distinct cell once, and for every row the number of its cell. */
export interface RawColumn {
  readonly name: string
  /** Row -> index into `levels`. */
  readonly codes: Int32Array
  /** Distinct cells in the order of their first row, spaces and missing markers included. */
  readonly levels: readonly string[]
}

/** What the file said at one place. */
export const rawCell = (column: RawColumn, row: number): string => column.levels[column.codes[row]!]!
