import { copyMatrix } from './copy'
import { multiplyDirect } from './gemm-direct'
import { packB, PANEL } from './gemm-pack'
import { multiplyTile } from './gemm-tile'
import { multiplyPackedTile } from './gemm-tile-packed'

/** Most steps of k in a block: a panel of B of this depth (20 KB) stays in the first cache. */
const DEPTH: i32 = 320
/** Rows of A in a block (96 KB): stays in the second cache. */
const HEIGHT: i32 = 96
/** Of so many rows on, B is used often enough to be worth packing. Measured. */
const ROWS_TO_PACK: i32 = 24
/** Up to so many last columns are worked out without a tile, half of which they would leave empty. */
const FEW_LEFT: i32 = 8

/** Bytes of one tile. */
const CORNER: i32 = 128

/** Bytes of workspace that `multiplyPacked` needs. */
export function packedWorkspace(n: i32): i32 {
  return ((n + PANEL - 1) / PANEL) * PANEL * DEPTH * 4 + HEIGHT * DEPTH * 4 + CORNER
}

/**
 * C [m, n] = A [m, k] x B [k, n] by blocks; steps are in bytes. Columns of A are turned over into rows and a B that is used
 * often is packed, which suits the tile; else they are read where they are.
 */
export function multiplyPacked(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
  workspace: usize,
): void {
  const turned = workspace + CORNER
  const panels = turned + HEIGHT * DEPTH * 4
  const packs = bColumn != 4 || m >= ROWS_TO_PACK
  const turns = aColumn != 4
  // Blocks of one size: a last one of a few steps would cost almost as much as a whole one.
  const blocks = (k + DEPTH - 1) / DEPTH
  const step = (k + blocks - 1) / blocks
  for (let p = 0; p < k; p += step) {
    const depth = min(step, k - p)
    const blockB = b + <usize>p * bRow
    if (packs) packB(blockB, bRow, bColumn, depth, n, panels)
    const bAt = packs ? panels : blockB
    const bStep: usize = packs ? 64 : bRow
    const panelStep: usize = packs ? (<usize>depth) << 6 : 64
    for (let i = 0; i < m; i += HEIGHT) {
      const height = min(HEIGHT, m - i)
      const blockA = a + <usize>i * aRow + <usize>p * aColumn
      const target = c + <usize>i * cRow
      if (turns) {
        copyMatrix(blockA, turned, height, depth, 1, <i32>(aColumn >> 2), depth, 1)
        const row = (<usize>depth) << 2
        multiplyBlock(
          turned,
          row,
          4,
          bAt,
          bStep,
          panelStep,
          target,
          cRow,
          height,
          depth,
          n,
          p == 0,
          workspace,
        )
      } else {
        multiplyBlock(
          blockA,
          aRow,
          aColumn,
          bAt,
          bStep,
          panelStep,
          target,
          cRow,
          height,
          depth,
          n,
          p == 0,
          workspace,
        )
      }
    }
  }
}

/** Panels of B are panelStep bytes apart. */
export function multiplyBlock(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  panelStep: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
  fresh: bool,
  corner: usize,
): void {
  const packed = isPacked(aStep, bStep)
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j)
    let rowA = a
    let target = c + ((<usize>j) << 2)
    if (columns <= FEW_LEFT)
      return multiplyDirect(a, aRow, aStep, b, bStep, target, cRow, m, k, columns, fresh)
    for (let i = 0; i < m; i += 2) {
      const single = i + 1 == m
      const next = single ? rowA : rowA + aRow
      if (columns < PANEL || single)
        edgeTile(rowA, next, aStep, b, bStep, k, target, cRow, fresh, corner, single ? 1 : 2, columns)
      else if (packed) multiplyPackedTile(rowA, next, b, k, target, target + cRow, fresh)
      else multiplyTile(rowA, next, aStep, b, bStep, k, target, target + cRow, fresh)
      rowA += 2 * aRow
      target += 2 * cRow
    }
    b += panelStep
  }
}

/** Whether numbers of A are neighbours and rows of a panel of B as well. */
function isPacked(aStep: usize, bStep: usize): bool {
  return aStep == 4 && bStep == 64
}

/** A tile that sticks out of C is worked out in `corner` [2, 16], and its part inside copied. */
function edgeTile(
  a0: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  c: usize,
  cRow: usize,
  fresh: bool,
  corner: usize,
  rows: i32,
  columns: i32,
): void {
  const row = <i32>(cRow >> 2)
  if (!fresh) copyMatrix(c, corner, rows, columns, row, 1, PANEL, 1)
  if (isPacked(aStep, bStep)) multiplyPackedTile(a0, a1, b, k, corner, corner + 64, fresh)
  else multiplyTile(a0, a1, aStep, b, bStep, k, corner, corner + 64, fresh)
  copyMatrix(corner, c, rows, columns, PANEL, 1, row, 1)
}
