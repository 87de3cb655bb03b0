/** 1.5 · 2^23: a small number added to it is rounded to a whole one, which then stands in the lowest bits. */
const TO_INTEGER: f32 = 12582912

/**
 * e^x = 2^n e^r with n = round(x / log 2) and |r| <= log(2)/2. log 2 is taken in two parts, the first so short
 * that n times it is exact; 2^n is applied in two factors, so that the ends (infinity, denormals) round once. The bounds are asked for so that NaN stays NaN.
 */
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104))
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(1.44269504)), f32x4.splat(TO_INTEGER))
  const n = f32x4.sub(shifted, f32x4.splat(TO_INTEGER))
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)))

  let p = f32x4.splat(0.0013926250830334215)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.0083632328836806148))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.041666554212995324))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.16666576666119937))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5))
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r)
  p = f32x4.add(p, f32x4.splat(1))

  const exponent = i32x4.sub(shifted, f32x4.splat(TO_INTEGER))
  const half = i32x4.shr_s(exponent, 1)
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)))
}

/** 2^n for -126 <= n <= 127. */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}
