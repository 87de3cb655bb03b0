/**
 * C tile [2, 16] += A [2, k] x B [k, 16], every element in the order of k. The rows of A begin at a0 and a1 and go on
 * every aStep bytes; those of B are 64 bytes each, bStep bytes apart; those of C are at c0 and c1. `fresh` begins at
 * zero instead of at what C holds. Measured: eight sums are what the compiler can keep in registers, and a way out
 * after each of four steps keeps it from mixing them, which would make it spill.
 */
export function multiplyTile(
  a0: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  c0: usize,
  c1: usize,
  fresh: bool,
): void {
  let x0 = f32x4.splat(0)
  let y0 = f32x4.splat(0)
  let z0 = f32x4.splat(0)
  let w0 = f32x4.splat(0)
  let x1 = f32x4.splat(0)
  let y1 = f32x4.splat(0)
  let z1 = f32x4.splat(0)
  let w1 = f32x4.splat(0)
  if (!fresh) {
    x0 = v128.load(c0)
    y0 = v128.load(c0, 16)
    z0 = v128.load(c0, 32)
    w0 = v128.load(c0, 48)
    x1 = v128.load(c1)
    y1 = v128.load(c1, 16)
    z1 = v128.load(c1, 32)
    w1 = v128.load(c1, 48)
  }
  const last = b + <usize>(k - 1) * bStep
  while (true) {
    let s = v128.load32_splat(a0)
    let t = v128.load32_splat(a1)
    let x = v128.load(b)
    let y = v128.load(b, 16)
    let z = v128.load(b, 32)
    let w = v128.load(b, 48)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    z0 = f32x4.add(z0, f32x4.mul(s, z))
    w0 = f32x4.add(w0, f32x4.mul(s, w))
    x1 = f32x4.add(x1, f32x4.mul(t, x))
    y1 = f32x4.add(y1, f32x4.mul(t, y))
    z1 = f32x4.add(z1, f32x4.mul(t, z))
    w1 = f32x4.add(w1, f32x4.mul(t, w))
    if (b == last) break
    a0 += aStep
    a1 += aStep
    b += bStep

    s = v128.load32_splat(a0)
    t = v128.load32_splat(a1)
    x = v128.load(b)
    y = v128.load(b, 16)
    z = v128.load(b, 32)
    w = v128.load(b, 48)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    z0 = f32x4.add(z0, f32x4.mul(s, z))
    w0 = f32x4.add(w0, f32x4.mul(s, w))
    x1 = f32x4.add(x1, f32x4.mul(t, x))
    y1 = f32x4.add(y1, f32x4.mul(t, y))
    z1 = f32x4.add(z1, f32x4.mul(t, z))
    w1 = f32x4.add(w1, f32x4.mul(t, w))
    if (b == last) break
    a0 += aStep
    a1 += aStep
    b += bStep

    s = v128.load32_splat(a0)
    t = v128.load32_splat(a1)
    x = v128.load(b)
    y = v128.load(b, 16)
    z = v128.load(b, 32)
    w = v128.load(b, 48)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    z0 = f32x4.add(z0, f32x4.mul(s, z))
    w0 = f32x4.add(w0, f32x4.mul(s, w))
    x1 = f32x4.add(x1, f32x4.mul(t, x))
    y1 = f32x4.add(y1, f32x4.mul(t, y))
    z1 = f32x4.add(z1, f32x4.mul(t, z))
    w1 = f32x4.add(w1, f32x4.mul(t, w))
    if (b == last) break
    a0 += aStep
    a1 += aStep
    b += bStep

    s = v128.load32_splat(a0)
    t = v128.load32_splat(a1)
    x = v128.load(b)
    y = v128.load(b, 16)
    z = v128.load(b, 32)
    w = v128.load(b, 48)
    x0 = f32x4.add(x0, f32x4.mul(s, x))
    y0 = f32x4.add(y0, f32x4.mul(s, y))
    z0 = f32x4.add(z0, f32x4.mul(s, z))
    w0 = f32x4.add(w0, f32x4.mul(s, w))
    x1 = f32x4.add(x1, f32x4.mul(t, x))
    y1 = f32x4.add(y1, f32x4.mul(t, y))
    z1 = f32x4.add(z1, f32x4.mul(t, z))
    w1 = f32x4.add(w1, f32x4.mul(t, w))
    if (b == last) break
    a0 += aStep
    a1 += aStep
    b += bStep
  }
  v128.store(c0, x0)
  v128.store(c0, y0, 16)
  v128.store(c0, z0, 32)
  v128.store(c0, w0, 48)
  v128.store(c1, x1)
  v128.store(c1, y1, 16)
  v128.store(c1, z1, 32)
  v128.store(c1, w1, 48)
}
