import { splitFloat } from './binary'

/** ln 2 in two parts; the high one has 32 bits, so that whole multiples of it are exact. */
const ln2High = 0.6931471806019545
const ln2Low = -4.2009150726810846e-11

/** 2/3, 2/5, ...: enough that the first term left out is below half a unit in the last place for |s| <= 0.1716. */
const series = Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 3))

/**
 * The natural logarithm with the same bits on every engine (Math.log is free to differ); error below 1 ulp.
 *
 * x = 2^k (1 + f) with 1 + f in [sqrt 1/2, sqrt 2), and with s = f / (2 + f)
 *   log(1 + f) = 2 artanh s = f - f^2/2 + s (f^2/2 + R),  R = s^2 (2/3 + s^2 (2/5 + ...)).
 * Source: the series of artanh (Abramowitz and Stegun 4.1.29), arranged so that f, which is exact, leads.
 */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? Infinity : NaN
  let { mantissa, exponent } = splitFloat(x)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent += 1
  }
  const f = mantissa - 1
  const s = f / (2 + f)
  const z = s * s
  let tail = 0
  for (let i = series.length - 1; i >= 0; i--) tail = z * (series[i]! + tail)
  const half = (f * f) / 2
  return exponent * ln2High - (half - (s * (half + tail) + exponent * ln2Low) - f)
}
