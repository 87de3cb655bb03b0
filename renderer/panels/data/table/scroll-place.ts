/** A browser draws nothing beyond some 33 million pixels; longer tables are scrolled in proportion. */
const tallest = 16_000_000

/** How the height of a scrolled box stands for rows. */
export interface ScrollPlace {
  /** Pixels that the whole table is given. */
  readonly height: number
  /** The first row in view, with the part of it that is scrolled away. */
  rowAt(scrollTop: number): number
  /** Where to scroll so that this row is the first. */
  topOf(row: number): number
}

/** @param view pixels of the box that rows are seen in */
export function scrollPlace(rows: number, rowHeight: number, view: number): ScrollPlace {
  const whole = rows * rowHeight
  if (whole <= tallest)
    return { height: whole, rowAt: (top) => top / rowHeight, topOf: (row) => row * rowHeight }
  const last = Math.max(0, rows - view / rowHeight)
  const path = Math.max(1, tallest - view)
  return {
    height: tallest,
    rowAt: (top) => Math.min(1, top / path) * last,
    topOf: (row) => (row / last) * path,
  }
}
