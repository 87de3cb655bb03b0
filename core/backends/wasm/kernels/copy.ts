import { storePart } from './lanes'
import { transpose4 } from './transpose'
import { bytes } from './view'

/** y[0 .. n) = value */
export function fill(y: usize, value: f32, n: i32): void {
  const v = f32x4.splat(value)
  const whole = n & ~3
  const end = y + ((<usize>whole) << 2)
  while (y < end) {
    v128.store(y, v)
    y += 16
  }
  if (n > whole) storePart(y, v, n - whole)
}

/** y[0 .. n) = x[0 .. n); the two must not overlap, or be the same place. */
export function copyRow(x: usize, y: usize, n: i32): void {
  const whole = n & ~3
  const end = x + ((<usize>whole) << 2)
  while (x < end) {
    v128.store(y, v128.load(x))
    x += 16
    y += 16
  }
  if (n > whole) storePart(y, v128.load(x), n - whole)
}

/**
 * y[i * yRow + j * yColumn] = x[i * xRow + j * xColumn] for i < rows, j < columns. Strides are in elements; a stride
 * of 0 in x repeats. Copies, repeats and transposes of matrices have paths of their own.
 */
export function copyMatrix(
  x: usize,
  y: usize,
  rows: i32,
  columns: i32,
  xRow: i32,
  xColumn: i32,
  yRow: i32,
  yColumn: i32,
): void {
  if (yColumn == 1 && xColumn == 1) {
    for (let i = 0; i < rows; i++) copyRow(x + bytes(i * xRow), y + bytes(i * yRow), columns)
  } else if (yColumn == 1 && xColumn == 0) {
    for (let i = 0; i < rows; i++) fill(y + bytes(i * yRow), load<f32>(x + bytes(i * xRow)), columns)
  } else if (yColumn == 1 && xRow == 1) {
    transposeMatrix(x, y, rows, columns, xColumn, yRow)
  } else {
    for (let i = 0; i < rows; i++)
      copySpread(x + bytes(i * xRow), y + bytes(i * yRow), columns, bytes(xColumn), bytes(yColumn))
  }
}

function copySpread(x: usize, y: usize, n: i32, xStep: usize, yStep: usize): void {
  for (let j = 0; j < n; j++) {
    store<f32>(y, load<f32>(x))
    x += xStep
    y += yStep
  }
}

/**
 * y[i * yRow + j] = x[j * xRow + i] in blocks of 4 x 4. Sixteen numbers of a row of x, which one line of the cache holds, go
 * before the next rows: lines of long rows may all have the same place in the cache.
 */
function transposeMatrix(x: usize, y: usize, rows: i32, columns: i32, xRow: i32, yRow: i32): void {
  const whole = columns & ~3
  for (let i = 0; i < rows; i += 16) {
    const end = min(i + 16, rows)
    const wholeEnd = end & ~3
    for (let j = 0; j < whole; j += 4) {
      for (let at = i; at < wholeEnd; at += 4)
        transpose4(x + bytes(j * xRow + at), bytes(xRow), y + bytes(at * yRow + j), bytes(yRow))
    }
    for (let j = whole; j < columns; j++)
      copySpread(x + bytes(j * xRow + i), y + bytes(i * yRow + j), wholeEnd - i, 4, bytes(yRow))
    for (let at = wholeEnd; at < end; at++)
      copySpread(x + bytes(at), y + bytes(at * yRow), columns, bytes(xRow), 4)
  }
}

/**
 * A copy between two strided views of one shape. `view` points at i32 words: the number of outer axes, the size of
 * each, its stride in x, its stride in y, then rows, columns, xRow, xColumn, yRow, yColumn of the inner matrix, then
 * room for one index an outer axis.
 */
export function copyStrided(x: usize, y: usize, view: usize): void {
  const rank = load<i32>(view)
  const sizes = view + 4
  const xStrides = sizes + bytes(rank)
  const yStrides = xStrides + bytes(rank)
  const inner = yStrides + bytes(rank)
  const index = inner + 24
  for (let axis = 0; axis < rank; axis++) store<i32>(index + bytes(axis), 0)
  for (;;) {
    copyMatrix(
      x,
      y,
      load<i32>(inner),
      load<i32>(inner, 4),
      load<i32>(inner, 8),
      load<i32>(inner, 12),
      load<i32>(inner, 16),
      load<i32>(inner, 20),
    )
    let axis = rank - 1
    for (; axis >= 0; axis--) {
      const place = bytes(axis)
      const next = load<i32>(index + place) + 1
      x += bytes(load<i32>(xStrides + place))
      y += bytes(load<i32>(yStrides + place))
      if (next < load<i32>(sizes + place)) {
        store<i32>(index + place, next)
        break
      }
      x -= bytes(next * load<i32>(xStrides + place))
      y -= bytes(next * load<i32>(yStrides + place))
      store<i32>(index + place, 0)
    }
    if (axis < 0) return
  }
}
