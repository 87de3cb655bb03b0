import { scaleFloat, splitFloat } from './binary'

/** An unevaluated sum of two float64 numbers: about 106 bits. */
interface Pair {
  readonly high: number
  readonly low: number
}

/** 2^27 + 1: cuts a float64 into two halves of at most 26 bits. */
const splitter = 134217729

function halves(x: number): [number, number] {
  const shifted = splitter * x
  const high = shifted - (shifted - x)
  return [high, x - high]
}

/** The product of two pairs. Source: Dekker, Numerische Mathematik 18 (1971), procedures mul12 and mul2. */
function multiply(a: Pair, b: Pair): Pair {
  const product = a.high * b.high
  const [a1, a2] = halves(a.high)
  const [b1, b2] = halves(b.high)
  const rounding = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2)
  const rest = rounding + (a.high * b.low + a.low * b.high)
  const high = product + rest
  return { high, low: product - high + rest }
}

/** A number as pair * 2^exponent, with the pair near 1 so that no product can overflow. */
interface Scaled {
  readonly pair: Pair
  readonly exponent: number
}

function product(a: Scaled, b: Scaled): Scaled {
  const pair = multiply(a.pair, b.pair)
  const exponent = a.exponent + b.exponent
  return Math.abs(pair.high) < 2
    ? { pair, exponent }
    : { pair: { high: pair.high / 2, low: pair.low / 2 }, exponent: exponent + 1 }
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
  let square: Scaled = { pair: { high: mantissa, low: 0 }, exponent: scale }
  let result: Scaled = { pair: { high: 1, low: 0 }, exponent: 0 }
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2) result = product(result, square)
    square = product(square, square)
  }
  return exponent > 0
    ? scaleFloat(result.pair.high, result.exponent)
    : scaleFloat(1 / result.pair.high, -result.exponent)
}

/** 0, infinities and NaN to a power other than 0. */
function powerOfSpecial(base: number, exponent: number): number {
  const size = exponent > 0 ? Math.abs(base) : 1 / Math.abs(base)
  const negative = exponent % 2 !== 0 && (base < 0 || Object.is(base, -0))
  return negative ? -size : size
}
