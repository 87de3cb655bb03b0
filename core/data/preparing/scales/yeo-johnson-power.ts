import { exp } from '../../../numerics/exp'
import { log1p } from '../../../numerics/near-one'

/** Of more rows, so many evenly taken ones decide: the power is known to three digits then. */
const enough = 100_000

/** Powers beyond are of no use and only overflow. */
const farthest = 32

/**
 * The power of Yeo and Johnson under which the values are likeliest to be normal: the root of the derivative of the profile
 * log-likelihood l(λ) = -n/2 log σ²(λ) + (λ - 1) Σ sign(x) log(1 + |x|), which is sharper than its flat top; 1 for values
 * without spread.
 */
export function likeliestPower(values: Float64Array): number {
  const logs = signedLogs(values)
  if (!logs.some((value) => value !== logs[0])) return 1
  const slope = (lambda: number): number => likelihoodSlope(logs, lambda)
  let [low, high] = [-2, 2]
  while (slope(low) < 0 && low > -farthest) low *= 2
  while (slope(high) > 0 && high < farthest) high *= 2
  return fallingRoot(slope, low, high)
}

/** sign(x) log(1 + |x|) */
function signedLogs(values: Float64Array): Float64Array {
  const step = Math.max(1, values.length / enough)
  const logs = new Float64Array(Math.floor(values.length / step))
  for (let i = 0; i < logs.length; i++) {
    const value = values[Math.floor(i * step)]!
    logs[i] = value >= 0 ? log1p(value) : -log1p(-value)
  }
  return logs
}

/** dl/dλ = -n cov(ψ, dψ/dλ) / σ² + Σ sign(x) log(1 + |x|) */
function likelihoodSlope(logs: Float64Array, lambda: number): number {
  const n = logs.length
  const bent = new Float64Array(n)
  const slopes = new Float64Array(n)
  let [sum, meanBent, meanSlope] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const logarithm = Math.abs(logs[i]!)
    const power = logs[i]! >= 0 ? lambda : 2 - lambda
    const sign = logs[i]! >= 0 ? 1 : -1
    const z = power * logarithm
    bent[i] = sign * logarithm * firstTerm(z)
    slopes[i] = logarithm * logarithm * secondTerm(z)
    sum += logs[i]!
    meanBent += bent[i]! / n
    meanSlope += slopes[i]! / n
  }
  let [variance, covariance] = [0, 0]
  for (let i = 0; i < n; i++) {
    variance += (bent[i]! - meanBent) ** 2
    covariance += (bent[i]! - meanBent) * (slopes[i]! - meanSlope)
  }
  return sum - (n * covariance) / variance
}

/** (e^z - 1) / z */
const firstTerm = (z: number): number => (Math.abs(z) < 0.1 ? series(z, 1) : (exp(z) - 1) / z)

/** Its derivative: (z e^z - e^z + 1) / z², which cancels where z is small. */
const secondTerm = (z: number): number =>
  Math.abs(z) < 0.1 ? series(z, 2) : (exp(z) * (z - 1) + 1) / (z * z)

/** Σ z^k / ((k + m) k!), the integral of t^(m-1) e^(zt) over 0 to 1. */
function series(z: number, m: number): number {
  let [term, total] = [1, 1 / m]
  for (let k = 1; k < 12; k++) {
    term *= z / k
    total += term / (k + m)
  }
  return total
}

/** Where a function that falls from above 0 to below crosses it: regula falsi in the Illinois form (Dowell and Jarratt, 1971). */
function fallingRoot(f: (x: number) => number, from: number, to: number): number {
  let [low, high, fLow, fHigh] = [from, to, f(from), f(to)]
  if (!(fLow > 0)) return low
  if (!(fHigh < 0)) return high
  let side = 0
  for (let i = 0; i < 100 && high - low > 1e-13; i++) {
    const guess = low + ((high - low) * fLow) / (fLow - fHigh)
    const middle = guess > low && guess < high ? guess : (low + high) / 2
    const value = f(middle)
    if (value === 0) return middle
    if (value > 0) {
      ;[low, fLow] = [middle, value]
      if (side === 1) fHigh /= 2
    } else {
      ;[high, fHigh] = [middle, value]
      if (side === -1) fLow /= 2
    }
    side = Math.sign(value)
  }
  return (low + high) / 2
}
