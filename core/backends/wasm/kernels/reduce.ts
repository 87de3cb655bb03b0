import { storeLanes } from './lanes'

/** Rows that are added before their sum joins the total: keeps the rounding of long sums small. */
const BLOCK: i32 = 64

/** x [outer, n, inner] -> y [outer, inner] */
export function sum(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  for (let i = 0; i < outer; i++) {
    if (inner == 1) store<f32>(y, sumRow(x, n))
    else sumColumns(x, y, n, inner)
    x += (<usize>(n * inner)) << 2
    y += (<usize>inner) << 2
  }
}

/** Sixteen running sums over blocks; the blocks' totals are added in float64. */
function sumRow(x: usize, n: i32): f32 {
  let total: f64 = 0
  const whole = n & ~15
  for (let start = 0; start < whole; start += 16 * BLOCK) {
    const count = min(16 * BLOCK, whole - start) >> 4
    let a = f32x4.splat(0)
    let b = f32x4.splat(0)
    let c = f32x4.splat(0)
    let d = f32x4.splat(0)
    for (let i = 0; i < count; i++) {
      a = f32x4.add(a, v128.load(x))
      b = f32x4.add(b, v128.load(x, 16))
      c = f32x4.add(c, v128.load(x, 32))
      d = f32x4.add(d, v128.load(x, 48))
      x += 64
    }
    total += sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)))
  }
  for (let i = whole; i < n; i++) {
    total += <f64>load<f32>(x)
    x += 4
  }
  return <f32>total
}

function sumLanes(v: v128): f64 {
  const low = f64x2.promote_low_f32x4(v)
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3))
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}

/** Each column goes down its rows in order, sixteen or four columns side by side. */
function sumColumns(x: usize, y: usize, n: i32, inner: i32): void {
  const row = (<usize>inner) << 2
  let j = 0
  for (; j + 16 <= inner; j += 16) {
    sumSixteenColumns(x, y, n, row)
    x += 64
    y += 64
  }
  for (; j < inner; j += 4) {
    storeLanes(y, sumFourColumns(x, n, row), inner - j)
    x += 16
    y += 16
  }
}

function sumFourColumns(x: usize, n: i32, row: usize): v128 {
  let total = f32x4.splat(0)
  for (let start = 0; start < n; start += BLOCK) {
    const end = min(start + BLOCK, n)
    let a = f32x4.splat(0)
    for (let i = start; i < end; i++) {
      a = f32x4.add(a, v128.load(x))
      x += row
    }
    total = f32x4.add(total, a)
  }
  return total
}

function sumSixteenColumns(x: usize, y: usize, n: i32, row: usize): void {
  const zero = f32x4.splat(0)
  v128.store(y, zero)
  v128.store(y, zero, 16)
  v128.store(y, zero, 32)
  v128.store(y, zero, 48)
  for (let start = 0; start < n; start += BLOCK) {
    const end = min(start + BLOCK, n)
    let a = zero
    let b = zero
    let c = zero
    let d = zero
    for (let i = start; i < end; i++) {
      a = f32x4.add(a, v128.load(x))
      b = f32x4.add(b, v128.load(x, 16))
      c = f32x4.add(c, v128.load(x, 32))
      d = f32x4.add(d, v128.load(x, 48))
      x += row
    }
    v128.store(y, f32x4.add(v128.load(y), a))
    v128.store(y, f32x4.add(v128.load(y, 16), b), 16)
    v128.store(y, f32x4.add(v128.load(y, 32), c), 32)
    v128.store(y, f32x4.add(v128.load(y, 48), d), 48)
  }
}

/** x [outer, n, inner] -> y [outer, inner]; NaN wins. */
export function max(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  for (let i = 0; i < outer; i++) {
    if (inner == 1) store<f32>(y, maxRow(x, n))
    else maxColumns(x, y, n, inner)
    x += (<usize>(n * inner)) << 2
    y += (<usize>inner) << 2
  }
}

function maxRow(x: usize, n: i32): f32 {
  let largest: f32 = -Infinity
  let i = 0
  if (n >= 4) {
    let v = f32x4.splat(-Infinity)
    for (; i + 4 <= n; i += 4) {
      v = f32x4.max(v, v128.load(x))
      x += 16
    }
    v = f32x4.max(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1))
    v = f32x4.max(v, v128.shuffle<f32>(v, v, 1, 0, 3, 2))
    largest = f32x4.extract_lane(v, 0)
  }
  for (; i < n; i++) {
    largest = f32.max(largest, load<f32>(x))
    x += 4
  }
  return largest
}

function maxColumns(x: usize, y: usize, n: i32, inner: i32): void {
  const row = (<usize>inner) << 2
  for (let j = 0; j < inner; j += 4) {
    let v = f32x4.splat(-Infinity)
    let address = x
    for (let i = 0; i < n; i++) {
      v = f32x4.max(v, v128.load(address))
      address += row
    }
    storeLanes(y, v, inner - j)
    x += 16
    y += 16
  }
}
