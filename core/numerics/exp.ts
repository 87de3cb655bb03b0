import { scaleFloat } from './binary'

const ln2High = 0.6931471806019545
const ln2Low = -4.2009150726810846e-11

/** 1/2!, 1/3!, ..., 1/14! */
const series = factorialReciprocals(14)

function factorialReciprocals(last: number): number[] {
  const terms: number[] = []
  for (let n = 2, factorial = 2; n <= last; n++, factorial *= n) terms.push(1 / factorial)
  return terms
}

/**
 * e^x with the same bits on every engine (Math.exp is free to differ); error below 1 ulp, 2 where the result is
 * subnormal.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2, then e^x = 2^k (1 + r + r^2/2! + ...); what rounding took from r is added
 * back.
 * Source: Taylor's series (Abramowitz and Stegun 4.2.1).
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (x > 709.8) return Infinity
  if (x < -745.2) return 0
  const k = Math.round(x / Math.LN2)
  const high = x - k * ln2High
  const low = k * ln2Low
  const r = high - low
  const lost = high - r - low
  let tail = 0
  for (let i = series.length - 1; i >= 0; i--) tail = series[i]! + r * tail
  return scaleFloat(1 + (r + (r * r * tail + lost)), k)
}
