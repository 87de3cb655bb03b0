/** Which rows stay; a row must pass every filter. */
export type RowFilter =
  /** Rows in which a cell of any column, or of the one named, holds the words in any case. */
  | { readonly kind: 'text'; readonly text: string; readonly column?: string }
  /** Numbers and dates (in days since 1970-01-01) between the ends, which belong to it. */
  | { readonly kind: 'range'; readonly column: string; readonly from?: number; readonly to?: number }
  | { readonly kind: 'levels'; readonly column: string; readonly levels: readonly string[] }
  | { readonly kind: 'missing'; readonly column: string }
  /** Rows of the file, from 1. */
  | { readonly kind: 'rows'; readonly rows: readonly number[] }

/** A page of a table, sorted and filtered. */
export interface RowsWish {
  /** First row of the page, from 0, in the order asked for. */
  readonly from: number
  /** At most 1,000. */
  readonly count: number
  readonly columns: readonly string[]
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly filters: readonly RowFilter[]
}

export interface RowsPage {
  /** Rows that pass the filters. */
  readonly total: number
  readonly rows: readonly {
    /** In the file, from 1. */
    readonly row: number
    /** In the order of the columns asked for; null is a missing cell. */
    readonly cells: readonly (string | null)[]
  }[]
}
