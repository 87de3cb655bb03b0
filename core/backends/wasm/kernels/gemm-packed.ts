import { packA, packB, PANEL_A, PANEL_B } from './gemm-pack'
import { multiplyTile } from './gemm-tile'

/** Steps of k in a block: a panel of B of this depth (8 KB) stays in the first cache. */
const DEPTH: i32 = 256
/** Rows of A in a block (96 KB): stays in the second cache. A multiple of PANEL_A. */
const HEIGHT: i32 = 96

/** Bytes of one tile. */
const CORNER: i32 = 128

/** Bytes of workspace that `multiplyPacked` needs. */
export function packedWorkspace(n: i32): i32 {
  return ((n + PANEL_B - 1) / PANEL_B) * PANEL_B * DEPTH * 4 + HEIGHT * DEPTH * 4 + CORNER
}

/** C [m, n] = A [m, k] x B [k, n] by blocks and packed panels; steps are in bytes. */
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
  const panelsA = workspace + CORNER
  const panelsB = panelsA + HEIGHT * DEPTH * 4
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p)
    packB(b + <usize>p * bRow, bRow, bColumn, depth, n, panelsB)
    for (let i = 0; i < m; i += HEIGHT) {
      const height = min(HEIGHT, m - i)
      packA(a + <usize>i * aRow + <usize>p * aColumn, aRow, aColumn, height, depth, panelsA)
      multiplyBlock(panelsA, panelsB, c + <usize>i * cRow, cRow, height, depth, n, p == 0, workspace)
    }
  }
}

function multiplyBlock(
  panelsA: usize,
  panelsB: usize,
  c: usize,
  cRow: usize,
  height: i32,
  depth: i32,
  n: i32,
  fresh: bool,
  corner: usize,
): void {
  for (let j = 0; j < n; j += PANEL_B) {
    const columns = min(PANEL_B, n - j)
    let panelA = panelsA
    let target = c + ((<usize>j) << 2)
    for (let i = 0; i < height; i += PANEL_A) {
      const rows = min(PANEL_A, height - i)
      if (rows == PANEL_A && columns == PANEL_B) multiplyTile(panelA, panelsB, depth, target, cRow, fresh)
      else edgeTile(panelA, panelsB, depth, target, cRow, fresh, corner, rows, columns)
      panelA += (<usize>depth) << 4
      target += PANEL_A * cRow
    }
    panelsB += (<usize>depth) << 5
  }
}

/** A tile that sticks out of C is worked out in `corner` [4, 8], and its part inside copied. */
function edgeTile(
  panelA: usize,
  panelB: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  fresh: bool,
  corner: usize,
  rows: i32,
  columns: i32,
): void {
  if (!fresh) copyPart(c, cRow, corner, 32, rows, columns)
  multiplyTile(panelA, panelB, depth, corner, 32, fresh)
  copyPart(corner, 32, c, cRow, rows, columns)
}

function copyPart(x: usize, xRow: usize, y: usize, yRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const place = (<usize>j) << 2
      store<f32>(y + place, load<f32>(x + place))
    }
    x += xRow
    y += yRow
  }
}
