import { storeLanes } from './lanes'

/**
 * C [m, n] += A x B without packing, for matrices so small or narrow that tiles of sixteen columns would cost more than
 * they save. Element (i, p) of A is at a + i * aRow + p * aColumn; rows of B are contiguous, bRow bytes apart. Every element
 * sums in the order of k, as the packed way does; `fresh` begins at zero instead of at what C holds.
 */
export function multiplyDirect(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
  fresh: bool,
): void {
  let i = 0
  for (; i + 4 <= m; i += 4) {
    let j = 0
    for (; j + 8 <= n; j += 8) {
      const at = (<usize>j) << 2
      fourByEight(a, aRow, aColumn, b + at, bRow, c + at, cRow, k, fresh)
    }
    for (; j < n; j += 4) {
      const at = (<usize>j) << 2
      fourByFour(a, aRow, aColumn, b + at, bRow, c + at, cRow, k, n - j, fresh)
    }
    a += 4 * aRow
    c += 4 * cRow
  }
  for (; i < m; i++) {
    for (let j = 0; j < n; j += 4) {
      const at = (<usize>j) << 2
      oneByFour(a, aColumn, b + at, bRow, c + at, k, n - j, fresh)
    }
    a += aRow
    c += cRow
  }
}

function fourByEight(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  k: i32,
  fresh: bool,
): void {
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  let x0 = f32x4.splat(0)
  let x1 = x0
  let x2 = x0
  let x3 = x0
  let y0 = x0
  let y1 = x0
  let y2 = x0
  let y3 = x0
  if (!fresh) {
    x0 = v128.load(c)
    y0 = v128.load(c, 16)
    x1 = v128.load(c + cRow)
    y1 = v128.load(c + cRow, 16)
    x2 = v128.load(c + 2 * cRow)
    y2 = v128.load(c + 2 * cRow, 16)
    x3 = v128.load(c + 3 * cRow)
    y3 = v128.load(c + 3 * cRow, 16)
  }
  for (let p = 0; p < k; p++) {
    const x = v128.load(b)
    const y = v128.load(b, 16)
    let s = v128.load32_splat(a)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    s = v128.load32_splat(a1)
    x1 = f32x4.add(x1, f32x4.mul(s, x))
    y1 = f32x4.add(y1, f32x4.mul(s, y))
    s = v128.load32_splat(a2)
    x2 = f32x4.add(x2, f32x4.mul(s, x))
    y2 = f32x4.add(y2, f32x4.mul(s, y))
    s = v128.load32_splat(a3)
    x3 = f32x4.add(x3, f32x4.mul(s, x))
    y3 = f32x4.add(y3, f32x4.mul(s, y))
    a += aColumn
    a1 += aColumn
    a2 += aColumn
    a3 += aColumn
    b += bRow
  }
  v128.store(c, x0)
  v128.store(c, y0, 16)
  c += cRow
  v128.store(c, x1)
  v128.store(c, y1, 16)
  c += cRow
  v128.store(c, x2)
  v128.store(c, y2, 16)
  c += cRow
  v128.store(c, x3)
  v128.store(c, y3, 16)
}

function fourByFour(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  k: i32,
  columns: i32,
  fresh: bool,
): void {
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  let x0 = f32x4.splat(0)
  let x1 = x0
  let x2 = x0
  let x3 = x0
  if (!fresh) {
    x0 = v128.load(c)
    x1 = v128.load(c + cRow)
    x2 = v128.load(c + 2 * cRow)
    x3 = v128.load(c + 3 * cRow)
  }
  for (let p = 0; p < k; p++) {
    const x = v128.load(b)
    x0 = f32x4.add(x0, f32x4.mul(v128.load32_splat(a), x))
    x1 = f32x4.add(x1, f32x4.mul(v128.load32_splat(a1), x))
    x2 = f32x4.add(x2, f32x4.mul(v128.load32_splat(a2), x))
    x3 = f32x4.add(x3, f32x4.mul(v128.load32_splat(a3), x))
    a += aColumn
    a1 += aColumn
    a2 += aColumn
    a3 += aColumn
    b += bRow
  }
  storeLanes(c, x0, columns)
  storeLanes(c + cRow, x1, columns)
  storeLanes(c + 2 * cRow, x2, columns)
  storeLanes(c + 3 * cRow, x3, columns)
}

function oneByFour(
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  k: i32,
  columns: i32,
  fresh: bool,
): void {
  let x = fresh ? f32x4.splat(0) : v128.load(c)
  for (let p = 0; p < k; p++) {
    x = f32x4.add(x, f32x4.mul(v128.load32_splat(a), v128.load(b)))
    a += aColumn
    b += bRow
  }
  storeLanes(c, x, columns)
}
