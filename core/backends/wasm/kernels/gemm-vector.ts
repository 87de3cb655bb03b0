import { storeLanes } from './lanes'

/** c [n] = a [k] x B [k, n], each element in the order of k; numbers of a are aStep bytes apart, rows of B bRow. */
export function multiplyRow(a: usize, aStep: usize, b: usize, bRow: usize, c: usize, k: i32, n: i32): void {
  let j = 0
  for (; j + 16 <= n; j += 16) {
    let x = f32x4.splat(0)
    let y = x
    let z = x
    let w = x
    let s = a
    let row = b
    for (let p = 0; p < k; p++) {
      const v = v128.load32_splat(s)
      x = f32x4.add(x, f32x4.mul(v, v128.load(row)))
      y = f32x4.add(y, f32x4.mul(v, v128.load(row, 16)))
      z = f32x4.add(z, f32x4.mul(v, v128.load(row, 32)))
      w = f32x4.add(w, f32x4.mul(v, v128.load(row, 48)))
      s += aStep
      row += bRow
    }
    v128.store(c, x)
    v128.store(c, y, 16)
    v128.store(c, z, 32)
    v128.store(c, w, 48)
    b += 64
    c += 64
  }
  for (; j < n; j += 4) {
    let x = f32x4.splat(0)
    let s = a
    let row = b
    for (let p = 0; p < k; p++) {
      x = f32x4.add(x, f32x4.mul(v128.load32_splat(s), v128.load(row)))
      s += aStep
      row += bRow
    }
    storeLanes(c, x, n - j)
    b += 16
    c += 16
  }
}

/** c [m] = A [m, k] x b [k], each element in the order of k: four rows side by side, turned over four by four. */
export function multiplyColumn(a: usize, aRow: usize, b: usize, c: usize, m: i32, k: i32): void {
  for (let i = 0; i < m; i += 4) {
    const rows = m - i
    let a0 = a
    let a1 = rows > 1 ? a + aRow : a
    let a2 = rows > 2 ? a + 2 * aRow : a
    let a3 = rows > 3 ? a + 3 * aRow : a
    let sum = f32x4.splat(0)
    let v = b
    let p = 0
    for (; p + 4 <= k; p += 4) {
      const x = v128.load(a0)
      const y = v128.load(a1)
      const z = v128.load(a2)
      const w = v128.load(a3)
      const xyLow = v128.shuffle<f32>(x, y, 0, 4, 1, 5)
      const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7)
      const zwLow = v128.shuffle<f32>(z, w, 0, 4, 1, 5)
      const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7)
      sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(xyLow, zwLow, 0, 1, 4, 5), v128.load32_splat(v)))
      sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(xyLow, zwLow, 2, 3, 6, 7), v128.load32_splat(v, 4)))
      sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(xyHigh, zwHigh, 0, 1, 4, 5), v128.load32_splat(v, 8)))
      sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(xyHigh, zwHigh, 2, 3, 6, 7), v128.load32_splat(v, 12)))
      a0 += 16
      a1 += 16
      a2 += 16
      a3 += 16
      v += 16
    }
    for (; p < k; p++) {
      const x = gather4(a0, a1, a2, a3)
      sum = f32x4.add(sum, f32x4.mul(x, v128.load32_splat(v)))
      a0 += 4
      a1 += 4
      a2 += 4
      a3 += 4
      v += 4
    }
    storeLanes(c, sum, rows)
    a += 4 * aRow
    c += 16
  }
}

function gather4(a: usize, b: usize, c: usize, d: usize): v128 {
  let v = v128.load32_zero(a)
  v = v128.load32_lane(b, v, 1)
  v = v128.load32_lane(c, v, 2)
  return v128.load32_lane(d, v, 3)
}
