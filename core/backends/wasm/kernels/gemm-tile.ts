/**
 * C tile [4, 8] += A panel [k, 4] x B panel [k, 8], every element in the order of k. `fresh` begins at zero instead
 * of at what C holds. Measured: this shape leaves the compiler registers enough; taller tiles and unrolled loops spill.
 */
export function multiplyTile(a: usize, b: usize, k: i32, c: usize, cRow: usize, fresh: bool): void {
  const c1 = c + 1 * cRow
  const c2 = c + 2 * cRow
  const c3 = c + 3 * cRow
  let x0 = f32x4.splat(0)
  let y0 = f32x4.splat(0)
  let x1 = f32x4.splat(0)
  let y1 = f32x4.splat(0)
  let x2 = f32x4.splat(0)
  let y2 = f32x4.splat(0)
  let x3 = f32x4.splat(0)
  let y3 = f32x4.splat(0)
  if (!fresh) {
    x0 = v128.load(c)
    y0 = v128.load(c, 16)
    x1 = v128.load(c1)
    y1 = v128.load(c1, 16)
    x2 = v128.load(c2)
    y2 = v128.load(c2, 16)
    x3 = v128.load(c3)
    y3 = v128.load(c3, 16)
  }
  const end = a + <usize>k * 16
  while (a < end) {
    const x = v128.load(b)
    const y = v128.load(b, 16)
    const a0 = v128.load32_splat(a)
    x0 = f32x4.add(x0, f32x4.mul(a0, x))
    y0 = f32x4.add(y0, f32x4.mul(a0, y))
    const a1 = v128.load32_splat(a, 4)
    x1 = f32x4.add(x1, f32x4.mul(a1, x))
    y1 = f32x4.add(y1, f32x4.mul(a1, y))
    const a2 = v128.load32_splat(a, 8)
    x2 = f32x4.add(x2, f32x4.mul(a2, x))
    y2 = f32x4.add(y2, f32x4.mul(a2, y))
    const a3 = v128.load32_splat(a, 12)
    x3 = f32x4.add(x3, f32x4.mul(a3, x))
    y3 = f32x4.add(y3, f32x4.mul(a3, y))
    a += 16
    b += 32
  }
  v128.store(c, x0)
  v128.store(c, y0, 16)
  v128.store(c1, x1)
  v128.store(c1, y1, 16)
  v128.store(c2, x2)
  v128.store(c2, y2, 16)
  v128.store(c3, x3)
  v128.store(c3, y3, 16)
}
