import { copyMatrix } from './copy'
import { multiplyDirect } from './gemm-direct'
import { multiplyPacked, packedWorkspace } from './gemm-packed'

/** Products of so few multiplications, or so few columns, are not worth packing for; measured. */
const FEW_MULTIPLICATIONS: i64 = 262144
const FEW_COLUMNS: i32 = 4

/** Bytes of workspace for `matmul`, at a place of 16 bytes' alignment. */
export function matmulWorkspace(k: i32, n: i32): i32 {
  return max(packedWorkspace(n), isSmall(1, k, n) ? k * n * 4 + 16 : 0)
}

function isSmall(m: i32, k: i32, n: i32): bool {
  return n <= FEW_COLUMNS || <i64>m * <i64>k * <i64>n <= FEW_MULTIPLICATIONS
}

/** C [batch, m, n] = A [batch, m, k] x B [batch, k, n]; a transposed operand is stored the other way round. */
export function matmul(
  a: usize,
  b: usize,
  c: usize,
  batch: i32,
  m: i32,
  k: i32,
  n: i32,
  transposeA: bool,
  transposeB: bool,
  workspace: usize,
): void {
  for (let i = 0; i < batch; i++) {
    multiply(a, b, c, m, k, n, transposeA, transposeB, workspace)
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
  transposeA: bool,
  transposeB: bool,
  workspace: usize,
): void {
  const aRow: usize = transposeA ? 4 : (<usize>k) << 2
  const aColumn: usize = transposeA ? (<usize>m) << 2 : 4
  if (!isSmall(m, k, n)) {
    const bRow: usize = transposeB ? 4 : (<usize>n) << 2
    const bColumn: usize = transposeB ? (<usize>k) << 2 : 4
    multiplyPacked(a, aRow, aColumn, b, bRow, bColumn, c, m, k, n, workspace)
    return
  }
  if (transposeB) {
    copyMatrix(b, workspace, k, n, 1, k, n, 1)
    b = workspace
  }
  multiplyDirect(a, aRow, aColumn, b, (<usize>n) << 2, c, m, k, n)
}
