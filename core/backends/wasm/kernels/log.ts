/**
 * log x = e log 2 + log(1 + f) with x = 2^e (1 + f) and sqrt(1/2) <= 1 + f < sqrt(2). Denormals are scaled up first.
 * 0 gives -infinity, negative numbers give NaN.
 */
export function log4(x: v128): v128 {
  const denormal = f32x4.lt(x, f32x4.splat(1.17549435e-38))
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, denormal)
  const fromRoot = i32x4.sub(scaled, i32x4.splat(0x3f3504f3))
  const e = i32x4.shr_s(fromRoot, 23)
  const mantissa = i32x4.sub(scaled, i32x4.shl(e, 23))
  const f = f32x4.sub(mantissa, f32x4.splat(1))
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(e, v128.and(denormal, i32x4.splat(23))))

  const square = f32x4.mul(f, f)
  let y = f32x4.mul(f32x4.mul(series(f), square), f)
  y = f32x4.sub(y, f32x4.mul(exponent, f32x4.splat(2.1219444e-4)))
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)))
  y = f32x4.add(f32x4.add(y, f), f32x4.mul(exponent, f32x4.splat(0.693359375)))
  return atTheEnds(x, y)
}

/** (log(1 + f) - f + f^2 / 2) / f^3 */
function series(f: v128): v128 {
  let p = f32x4.splat(0.069716116238992626)
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.11479733924645953))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.1168541989772683))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.12425687316559746))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.14249057647093444))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.16667802320402711))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.20000715748867071))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.24999996957934098))
  return f32x4.add(f32x4.mul(p, f), f32x4.splat(0.3333333118003004))
}

/** y, but infinity and NaN for themselves, -infinity for zero, NaN below zero. */
function atTheEnds(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0)
  const ordinary = v128.and(f32x4.gt(x, zero), f32x4.lt(x, f32x4.splat(Infinity)))
  const belowOrNaN = v128.bitselect(x, f32x4.splat(NaN), f32x4.gt(x, zero))
  const special = v128.bitselect(f32x4.splat(-Infinity), belowOrNaN, f32x4.eq(x, zero))
  return v128.bitselect(y, special, ordinary)
}
