import { keptUnreadable, type Unreadable } from '../../../data/raw'

/** What becomes of a cell: its number, NaN for a missing one; it is counted; or its column is given up. */
export type Verdict = number | 'unreadable' | 'drop'

/** Decides on odd cells and keeps those that are unreadable. */
export interface OddCells {
  /** The cell's number, NaN where it has none. @param row from 0 */
  judge(
    column: number,
    row: number,
    cell: string,
  ): { readonly value: number; readonly isMissing: boolean } | 'drop'
  /** Forgets what was counted, as all is read again. */
  restart(): void
  unreadable(column: number): Unreadable
}

interface Found {
  count: number
  cells: { row: number; cell: string }[]
}

const byRow = (a: { row: number }, b: { row: number }): number => a.row - b.row

export function collectOdd(decide: (column: number, cell: string) => Verdict): OddCells {
  let columns: Found[] = []
  const keep = (column: number, row: number, cell: string): void => {
    const found = (columns[column] ??= { count: 0, cells: [] })
    found.count++
    found.cells.push({ row: row + 1, cell })
    // Threads tell theirs in any order; the first rows are kept.
    if (found.cells.length > 4 * keptUnreadable)
      found.cells = found.cells.sort(byRow).slice(0, keptUnreadable)
  }
  return {
    judge: (column, row, cell) => {
      const verdict = decide(column, cell)
      if (verdict === 'drop') return 'drop'
      if (verdict !== 'unreadable') return { value: verdict, isMissing: Number.isNaN(verdict) }
      keep(column, row, cell)
      return { value: NaN, isMissing: false }
    },
    restart: () => (columns = []),
    unreadable: (column) => {
      const { count, cells } = columns[column] ?? { count: 0, cells: [] }
      return { count, cells: cells.sort(byRow).slice(0, keptUnreadable) }
    },
  }
}
