import { scaleFloat, splitFloat } from './binary'

/** 2^27 + 1: cuts a float64 into two halves of at most 26 bits. */
const splitter = 134217729

/**
 * A number as (high + low) * 2^exponent: an unevaluated sum of two float64 numbers, about 106 bits, near 1 so that no product
 * can overflow. Changed in place, since optimizers ask for powers in every step.
 */
interface Scaled {
  high: number
  low: number
  exponent: number
}

/** a becomes a b, which may be a itself. Source: Dekker, Numerische Mathematik 18 (1971), procedures mul12 and mul2. */
function multiply(a: Scaled, b: Scaled): void {
  const product = a.high * b.high
  const shiftedA = splitter * a.high
  const shiftedB = splitter * b.high
  const a1 = shiftedA - (shiftedA - a.high)
  const b1 = shiftedB - (shiftedB - b.high)
  const a2 = a.high - a1
  const b2 = b.high - b1
  const rounding = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2)
  const rest = rounding + (a.high * b.low + a.low * b.high)
  const high = product + rest
  const low = product - high + rest
  const half = Math.abs(high) < 2 ? 1 : 0.5
  a.exponent += b.exponent + (half === 1 ? 0 : 1)
  a.high = high * half
  a.low = low * half
}

/**
 * base^exponent for a whole exponent, with the same bits on every engine (Math.pow is free to differ), by repeated
 * squaring in twice the precision; error below 1 ulp, 2 for a negative exponent. As Math.pow, x^0 = 1 for every x.
 * @throws RangeError when the exponent is not a whole number
 */
export function power(base: number, exponent: number): number {
  if (!Number.isSafeInteger(exponent)) throw new RangeError(`exponent ${exponent} is not a whole number`)
  if (exponent === 0) return 1
  if (base === 0 || !Number.isFinite(base)) return powerOfSpecial(base, exponent)
  const { mantissa, exponent: scale } = splitFloat(base)
  const square: Scaled = { high: mantissa, low: 0, exponent: scale }
  const result: Scaled = { high: 1, low: 0, exponent: 0 }
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2) multiply(result, square)
    multiply(square, square)
  }
  return exponent > 0
    ? scaleFloat(result.high, result.exponent)
    : scaleFloat(1 / result.high, -result.exponent)
}

/** 0, infinities and NaN to a power other than 0. */
function powerOfSpecial(base: number, exponent: number): number {
  const size = exponent > 0 ? Math.abs(base) : 1 / Math.abs(base)
  const negative = exponent % 2 !== 0 && (base < 0 || Object.is(base, -0))
  return negative ? -size : size
}
