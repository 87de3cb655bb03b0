import { copyMatrix } from './copy'
import { multiplyDirect } from './gemm-direct'
import { multiplyPacked, packedWorkspace } from './gemm-packed'
import { multiplyColumn, multiplyRow } from './gemm-vector'

/** Products of so few multiplications, or so few columns, are not worth packing for, nor larger ones narrower than a tile; measured. */
const FEW_MULTIPLICATIONS: i64 = 16384
const FEW_COLUMNS: i32 = 4
const FEW_OF_NARROW: i64 = 262144
const NARROW: i32 = 16

/** Bytes of workspace for `matmul`, at a place of 16 bytes' alignment. */
export function matmulWorkspace(k: i32, n: i32): i32 {
  return max(packedWorkspace(n), isSmall(1, k, n) ? k * n * 4 + 16 : 0)
}

function isSmall(m: i32, k: i32, n: i32): bool {
  const all = <i64>m * <i64>k * <i64>n
  return n <= FEW_COLUMNS || all <= (n < NARROW ? FEW_OF_NARROW : FEW_MULTIPLICATIONS)
}

/**
 * C [batch, m, n] = A [batch, m, k] x B [batch, k, n]. Steps from row to row and from column to column are in bytes;
 * one of the two is 4 for each operand, and C's columns are neighbours. More than one product means that all of them
 * lie one after another. Every element of C is the sum of its products in the order of k, whatever the way.
 */
export function matmul(
  a: usize,
  b: usize,
  c: usize,
  batch: i32,
  m: i32,
  k: i32,
  n: i32,
  aRow: usize,
  aColumn: usize,
  bRow: usize,
  bColumn: usize,
  cRow: usize,
  workspace: usize,
): void {
  for (let i = 0; i < batch; i++) {
    multiply(a, b, c, m, k, n, aRow, aColumn, bRow, bColumn, cRow, workspace)
    a += (<usize>(m * k)) << 2
    b += (<usize>(k * n)) << 2
    c += (<usize>(m * n)) << 2
  }
}

function multiply(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  aRow: usize,
  aColumn: usize,
  bRow: usize,
  bColumn: usize,
  cRow: usize,
  workspace: usize,
): void {
  if (m == 1 && bColumn == 4) return multiplyRow(a, aColumn, b, bRow, c, k, n)
  if (n == 1 && aRow == 4 && cRow == 4) return multiplyRow(b, bRow, a, aColumn, c, k, m)
  if (n == 1 && aColumn == 4 && bRow == 4 && cRow == 4) return multiplyColumn(a, aRow, b, c, m, k)
  if (!isSmall(m, k, n)) {
    multiplyPacked(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, k, n, workspace)
    return
  }
  if (bColumn != 4) {
    copyMatrix(b, workspace, k, n, <i32>(bRow >> 2), <i32>(bColumn >> 2), n, 1)
    b = workspace
    bRow = (<usize>n) << 2
  }
  multiplyDirect(a, aRow, aColumn, b, bRow, c, cRow, m, k, n, true)
}
