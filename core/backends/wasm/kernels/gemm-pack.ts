import { copyMatrix } from './copy'
import { transpose4 } from './transpose'

/** Columns of B in one panel: as many as a tile has. */
export const PANEL: i32 = 16

/** B block [k, n] with element (p, j) at b + p * row + j * column -> panels of sixteen columns, each [k, 16]. */
export function packB(b: usize, row: usize, column: usize, k: i32, n: i32, target: usize): void {
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j)
    if (column != 4) packFromColumns(b, column, columns, k, target)
    else if (columns == PANEL) packFromRows(b, row, k, target)
    else copyMatrix(b, target, k, columns, <i32>(row >> 2), 1, PANEL, 1)
    b += PANEL * column
    target += (<usize>k) << 6
  }
}

function packFromRows(b: usize, row: usize, k: i32, target: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(target, v128.load(b))
    v128.store(target, v128.load(b, 16), 16)
    v128.store(target, v128.load(b, 32), 32)
    v128.store(target, v128.load(b, 48), 48)
    b += row
    target += 64
  }
}

/** Four steps of k and four columns at a time, turned over in registers; places of missing columns keep what they held. */
function packFromColumns(b: usize, column: usize, columns: i32, k: i32, target: usize): void {
  const whole = columns & ~3
  for (let j = 0; j < whole; j += 4) {
    const from = b + <usize>j * column
    const to = target + ((<usize>j) << 2)
    let p = 0
    for (; p + 4 <= k; p += 4) transpose4(from + ((<usize>p) << 2), column, to + ((<usize>p) << 6), 64)
    if (p < k)
      copyMatrix(from + ((<usize>p) << 2), to + ((<usize>p) << 6), k - p, 4, 1, <i32>(column >> 2), PANEL, 1)
  }
  if (whole < columns) {
    const from = b + <usize>whole * column
    copyMatrix(from, target + ((<usize>whole) << 2), k, columns - whole, 1, <i32>(column >> 2), PANEL, 1)
  }
}
