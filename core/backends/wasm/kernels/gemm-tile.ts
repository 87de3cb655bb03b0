/**
 * C tile [6, 8] += A panel [k, 6] x B panel [k, 8], every element in the order of k. The loop takes two steps of k a
 * turn. `fresh` begins at zero instead of at what C holds.
 */
export function tile6x8(a: usize, b: usize, k: i32, c: usize, cRow: usize, fresh: bool): void {
  const c0 = c
  const c1 = c + 1 * cRow
  const c2 = c + 2 * cRow
  const c3 = c + 3 * cRow
  const c4 = c + 4 * cRow
  const c5 = c + 5 * cRow
  let x0 = f32x4.splat(0)
  let y0 = x0
  let x1 = f32x4.splat(0)
  let y1 = x1
  let x2 = f32x4.splat(0)
  let y2 = x2
  let x3 = f32x4.splat(0)
  let y3 = x3
  let x4 = f32x4.splat(0)
  let y4 = x4
  let x5 = f32x4.splat(0)
  let y5 = x5
  if (!fresh) {
    x0 = v128.load(c0)
    y0 = v128.load(c0, 16)
    x1 = v128.load(c1)
    y1 = v128.load(c1, 16)
    x2 = v128.load(c2)
    y2 = v128.load(c2, 16)
    x3 = v128.load(c3)
    y3 = v128.load(c3, 16)
    x4 = v128.load(c4)
    y4 = v128.load(c4, 16)
    x5 = v128.load(c5)
    y5 = v128.load(c5, 16)
  }
  const end = a + <usize>(k >> 1) * 48
  while (a < end) {
    let x = v128.load(b)
    let y = v128.load(b, 16)
    let s = v128.load32_splat(a)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    s = v128.load32_splat(a, 4)
    x1 = f32x4.add(x1, f32x4.mul(s, x))
    y1 = f32x4.add(y1, f32x4.mul(s, y))
    s = v128.load32_splat(a, 8)
    x2 = f32x4.add(x2, f32x4.mul(s, x))
    y2 = f32x4.add(y2, f32x4.mul(s, y))
    s = v128.load32_splat(a, 12)
    x3 = f32x4.add(x3, f32x4.mul(s, x))
    y3 = f32x4.add(y3, f32x4.mul(s, y))
    s = v128.load32_splat(a, 16)
    x4 = f32x4.add(x4, f32x4.mul(s, x))
    y4 = f32x4.add(y4, f32x4.mul(s, y))
    s = v128.load32_splat(a, 20)
    x5 = f32x4.add(x5, f32x4.mul(s, x))
    y5 = f32x4.add(y5, f32x4.mul(s, y))
    x = v128.load(b, 32)
    y = v128.load(b, 48)
    s = v128.load32_splat(a, 24)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    s = v128.load32_splat(a, 28)
    x1 = f32x4.add(x1, f32x4.mul(s, x))
    y1 = f32x4.add(y1, f32x4.mul(s, y))
    s = v128.load32_splat(a, 32)
    x2 = f32x4.add(x2, f32x4.mul(s, x))
    y2 = f32x4.add(y2, f32x4.mul(s, y))
    s = v128.load32_splat(a, 36)
    x3 = f32x4.add(x3, f32x4.mul(s, x))
    y3 = f32x4.add(y3, f32x4.mul(s, y))
    s = v128.load32_splat(a, 40)
    x4 = f32x4.add(x4, f32x4.mul(s, x))
    y4 = f32x4.add(y4, f32x4.mul(s, y))
    s = v128.load32_splat(a, 44)
    x5 = f32x4.add(x5, f32x4.mul(s, x))
    y5 = f32x4.add(y5, f32x4.mul(s, y))
    a += 48
    b += 64
  }
  if (k & 1) {
    let x = v128.load(b)
    let y = v128.load(b, 16)
    let s = v128.load32_splat(a)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    s = v128.load32_splat(a, 4)
    x1 = f32x4.add(x1, f32x4.mul(s, x))
    y1 = f32x4.add(y1, f32x4.mul(s, y))
    s = v128.load32_splat(a, 8)
    x2 = f32x4.add(x2, f32x4.mul(s, x))
    y2 = f32x4.add(y2, f32x4.mul(s, y))
    s = v128.load32_splat(a, 12)
    x3 = f32x4.add(x3, f32x4.mul(s, x))
    y3 = f32x4.add(y3, f32x4.mul(s, y))
    s = v128.load32_splat(a, 16)
    x4 = f32x4.add(x4, f32x4.mul(s, x))
    y4 = f32x4.add(y4, f32x4.mul(s, y))
    s = v128.load32_splat(a, 20)
    x5 = f32x4.add(x5, f32x4.mul(s, x))
    y5 = f32x4.add(y5, f32x4.mul(s, y))
  }
  v128.store(c0, x0)
  v128.store(c0, y0, 16)
  v128.store(c1, x1)
  v128.store(c1, y1, 16)
  v128.store(c2, x2)
  v128.store(c2, y2, 16)
  v128.store(c3, x3)
  v128.store(c3, y3, 16)
  v128.store(c4, x4)
  v128.store(c4, y4, 16)
  v128.store(c5, x5)
  v128.store(c5, y5, 16)
}
