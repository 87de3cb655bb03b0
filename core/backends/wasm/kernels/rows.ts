import { copyRow, fill } from './copy'
import { storePart } from './lanes'

/** (table [n, size], index [m]) -> y [m, size]; an index outside the table gives NaN. */
export function gather(table: usize, index: usize, y: usize, m: i32, n: i32, size: i32): void {
  const row = (<usize>size) << 2
  for (let i = 0; i < m; i++) {
    const at = <i32>load<f32>(index)
    if (<u32>at < <u32>n) copyRow(table + <usize>at * row, y, size)
    else fill(y, NaN, size)
    index += 4
    y += row
  }
}

/** (rows [m, size], index [m]) -> y [n, size], in the order of the rows; an index outside adds nothing. */
export function scatterAdd(rows: usize, index: usize, y: usize, m: i32, n: i32, size: i32): void {
  const row = (<usize>size) << 2
  fill(y, 0, n * size)
  for (let i = 0; i < m; i++) {
    const at = <i32>load<f32>(index)
    if (<u32>at < <u32>n) addRow(rows, y + <usize>at * row, size)
    index += 4
    rows += row
  }
}

/** y[0 .. n) += x[0 .. n) */
export function addRow(x: usize, y: usize, n: i32): void {
  const end = x + ((<usize>(n & ~3)) << 2)
  while (x < end) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)))
    x += 16
    y += 16
  }
  if (n & 3) storePart(y, f32x4.add(v128.load(y), v128.load(x)), n & 3)
}
