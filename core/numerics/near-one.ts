import { exp } from './exp'
import { log } from './log'

/**
 * log(1 + x), exact for small x too, with the same bits on every engine. NaN below -1.
 * Source: Kahan's trick (Higham, “Accuracy and Stability of Numerical Algorithms”, 2002, section 1.14.1): what rounding 1 + x
 * does to the logarithm, it does to u - 1 as well.
 */
export function log1p(x: number): number {
  const u = 1 + x
  if (u === 1 || u === Infinity) return x
  return (log(u) * x) / (u - 1)
}

/** e^x - 1, exact for small x too, by the same trick. */
export function expm1(x: number): number {
  const u = exp(x)
  if (u === 1) return x
  if (u === Infinity || u - 1 === -1) return u - 1
  return ((u - 1) * x) / log(u)
}
