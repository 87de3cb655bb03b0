import { transpose4 } from './transpose'

/** Rows of A in one panel and columns of B in one panel. */
export const PANEL_A: i32 = 4
export const PANEL_B: i32 = 8

/**
 * A block [m, k] with element (i, p) at a + i * row + p * column -> panels of four rows, each [k, 4]; the last is filled
 * up with zeros.
 */
export function packA(a: usize, row: usize, column: usize, m: i32, k: i32, target: usize): void {
  for (let i = 0; i < m; i += PANEL_A) {
    const rows = min(PANEL_A, m - i)
    if (rows < PANEL_A) packEdge(a, row, column, rows, PANEL_A, k, target)
    else if (row == 4) packAFromColumns(a, column, k, target)
    else packAFromRows(a, row, k, target)
    a += PANEL_A * row
    target += (<usize>k) << 4
  }
}

/** B block [k, n] with element (p, j) at b + p * row + j * column -> panels of eight columns, each [k, 8]. */
export function packB(b: usize, row: usize, column: usize, k: i32, n: i32, target: usize): void {
  for (let j = 0; j < n; j += PANEL_B) {
    const columns = min(PANEL_B, n - j)
    if (columns < PANEL_B) packEdge(b, column, row, columns, PANEL_B, k, target)
    else if (column == 4) packBFromRows(b, row, k, target)
    else packBFromColumns(b, column, k, target)
    b += PANEL_B * column
    target += (<usize>k) << 5
  }
}

/** Any panel, number by number: `lanes` of its `width` places are taken, the others are zero. */
function packEdge(x: usize, lane: usize, step: usize, lanes: i32, width: i32, k: i32, target: usize): void {
  for (let p = 0; p < k; p++) {
    let address = x
    for (let i = 0; i < width; i++) {
      store<f32>(target, i < lanes ? load<f32>(address) : 0)
      address += lane
      target += 4
    }
    x += step
  }
}

function packAFromColumns(a: usize, column: usize, k: i32, target: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(target, v128.load(a))
    a += column
    target += 16
  }
}

/** Four steps of k at a time, turned over in registers. */
function packAFromRows(a: usize, row: usize, k: i32, target: usize): void {
  let p = 0
  for (; p + 4 <= k; p += 4) {
    transpose4(a, row, target, 16)
    a += 16
    target += 64
  }
  packEdge(a, row, 4, PANEL_A, PANEL_A, k - p, target)
}

function packBFromRows(b: usize, row: usize, k: i32, target: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(target, v128.load(b))
    v128.store(target, v128.load(b, 16), 16)
    b += row
    target += 32
  }
}

function packBFromColumns(b: usize, column: usize, k: i32, target: usize): void {
  let p = 0
  for (; p + 4 <= k; p += 4) {
    transpose4(b, column, target, 32)
    transpose4(b + 4 * column, column, target + 16, 32)
    b += 16
    target += 128
  }
  packEdge(b, column, 4, PANEL_B, PANEL_B, k - p, target)
}
