import { copySign } from './lanes'

/**
 * sin and cos. Two lanes at a time are reduced to |r| <= pi/4 and evaluated in float64, so that the only error that
 * counts is the last rounding. The quadrant number tells which of the two series, and which sign, is meant.
 */
export function sin4(x: v128): v128 {
  return copySignOfZero(trig4(x, 0), x)
}

export function cos4(x: v128): v128 {
  return trig4(x, 1)
}

/** sin(-0) is -0, which the reduction loses. */
function copySignOfZero(y: v128, x: v128): v128 {
  return v128.bitselect(copySign(y, x), y, f32x4.eq(x, f32x4.splat(0)))
}

/** sin(x + shift * pi/2) */
function trig4(x: v128, shift: i32): v128 {
  if (v128.any_true(f32x4.ge(f32x4.abs(x), f32x4.splat(FAR)))) return trigFar(x, shift)
  const low = trigNear(f64x2.promote_low_f32x4(x), shift)
  const high = trigNear(f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)), shift)
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5)
}

/** Up to here n * HALF_PI_HIGH (28 bits) is exact in float64. */
const FAR: f32 = 33554432
const TWO_OVER_PI: f64 = 0.6366197723675814
const HALF_PI_HIGH: f64 = 1.570796325802803
const HALF_PI_LOW: f64 = 9.920935796805404e-10

function trigNear(x: v128, shift: i32): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)))
  const first = f64x2.sub(x, f64x2.mul(n, f64x2.splat(HALF_PI_HIGH)))
  const r = f64x2.sub(first, f64x2.mul(n, f64x2.splat(HALF_PI_LOW)))
  return quadrant(r, i32x4.add(i32x4.trunc_sat_f64x2_s_zero(n), i32x4.splat(shift)))
}

/** n in the low two of its four lanes. */
function quadrant(r: v128, n: v128): v128 {
  const wide = i64x2.extend_low_i32x4_s(n)
  const odd = i64x2.neg(v128.and(wide, i64x2.splat(1)))
  const sign = i64x2.shl(v128.and(wide, i64x2.splat(2)), 62)
  return v128.xor(v128.bitselect(cosSeries(r), sinSeries(r), odd), sign)
}

function sinSeries(r: v128): v128 {
  const t = f64x2.mul(r, r)
  let p = f64x2.splat(2.7249314057949064e-6)
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.00019840082012765651))
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.0083333318659592863))
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.1666666666383276))
  return f64x2.add(r, f64x2.mul(r, f64x2.mul(p, t)))
}

function cosSeries(r: v128): v128 {
  const t = f64x2.mul(r, r)
  let p = f64x2.splat(-2.7236492050131925e-7)
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(2.479985516496219e-5))
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0013888885068057463))
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.041666666637153821))
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.49999999999963507))
  return f64x2.add(f64x2.splat(1), f64x2.mul(p, t))
}

/** Lane by lane, since at least one is large; the small ones among them take the same steps as above. */
function trigFar(x: v128, shift: i32): v128 {
  let y = f32x4.splat(0)
  y = f32x4.replace_lane(y, 0, trigOne(f32x4.extract_lane(x, 0), shift))
  y = f32x4.replace_lane(y, 1, trigOne(f32x4.extract_lane(x, 1), shift))
  y = f32x4.replace_lane(y, 2, trigOne(f32x4.extract_lane(x, 2), shift))
  return f32x4.replace_lane(y, 3, trigOne(f32x4.extract_lane(x, 3), shift))
}

function trigOne(x: f32, shift: i32): f32 {
  const size = abs(x)
  if (!(size >= FAR)) return demote(trigNear(f64x2.splat(<f64>x), shift))
  if (size == Infinity) return NaN
  return reduceFar(reinterpret<u32>(x), shift)
}

function demote(y: v128): f32 {
  return <f32>f64x2.extract_lane(y, 0)
}

/** The first 256 binary digits of 2/pi after the point. */
const DIGITS = memory.data<u32>([
  0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561,
])

/**
 * Payne and Hanek, "Radian reduction for trigonometric functions" (1983): x = m 2^e with a 24-bit m; the digits of
 * 2/pi that make multiples of four quarter turns are skipped, the next 96 are multiplied with m.
 */
function reduceFar(bits: u32, shift: i32): f32 {
  const m = <u64>((bits & 0x7fffff) | 0x800000)
  const e = <i32>((bits >> 23) & 255) - 150
  const skip = e - 2
  const low = m * <u64>digits(skip + 64)
  const middle = m * <u64>digits(skip + 32) + (low >> 32)
  const high = m * <u64>digits(skip) + (middle >> 32)
  const turns = (high << 32) | (middle & 0xffffffff)
  const fraction = <i64>(turns << 2)
  let n = <i32>(turns >> 62) + (fraction < 0 ? 1 : 0)
  let r = <f64>fraction * 5.421010862427522e-20 * 1.5707963267948966
  if (bits >> 31) {
    r = -r
    n = -n
  }
  return demote(quadrant(f64x2.splat(r), i32x4.splat(n + shift)))
}

/** 32 digits of 2/pi after the first `skip`. */
function digits(skip: i32): u32 {
  const word = DIGITS + (((<usize>skip) >> 5) << 2)
  const pair = ((<u64>load<u32>(word)) << 32) | (<u64>load<u32>(word, 4))
  return <u32>((pair << (skip & 31)) >> 32)
}
