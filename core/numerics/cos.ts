/** pi / 2 in four parts; the first three have at most 33 bits, so that multiples below 2^20 are exact. */
const halfPi = [
  1.5707963267341256, 6.077100509014471e-11, -2.5082788063426444e-20, 8.4784276603689e-32,
] as const

/** 1/4!, -1/6!, 1/8!, ... and -1/3!, 1/5!, -1/7!, ... */
const cosSeries = alternating(4, 18)
const sinSeries = alternating(3, 19)

function alternating(first: number, last: number): number[] {
  const terms: number[] = []
  let factorial = 1
  for (let n = 2; n <= last; n++) {
    factorial *= n
    if (n >= first && (n - first) % 2 === 0) terms.push((Math.floor(n / 2) % 2 ? -1 : 1) / factorial)
  }
  return terms
}

/** The largest |x| that `cos` takes. */
export const cosLimit = 2 ** 20

/**
 * The cosine with the same bits on every engine (Math.cos is free to differ); error below 1 ulp.
 *
 * x = k pi/2 + r with |r| <= pi/4 by subtracting pi/2 in parts, then the series of cos r or sin r.
 * Source: Cody and Waite, "Software manual for the elementary functions", 1980; Abramowitz and Stegun 4.3.65 and
 * 4.3.66.
 * @throws RangeError for |x| above 2^20, where this reduction would lose digits
 */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN
  if (Math.abs(x) > cosLimit) throw new RangeError(`cos of ${x}: only up to 2^20`)
  const k = Math.round(x / (Math.PI / 2))
  const { r, lost } = reduce(x, k)
  const value = k % 2 === 0 ? cosNearZero(r, lost) : sinNearZero(r, lost)
  const quadrant = ((k % 4) + 4) % 4
  return quadrant === 1 || quadrant === 2 ? -value : value
}

/** x - k pi/2 as a sum r + lost, of which r holds all that fits a float64. */
function reduce(x: number, k: number): { r: number; lost: number } {
  let r = x - k * halfPi[0]
  let lost = 0
  for (const part of halfPi.slice(1)) {
    const taken = k * part
    const next = r - taken
    lost += roundingOfDifference(r, taken, next)
    r = next
  }
  const whole = r + lost
  return { r: whole, lost: lost - (whole - r) }
}

/** (a - b) - difference, exactly. Source: Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B. */
function roundingOfDifference(a: number, b: number, difference: number): number {
  const virtual = a - difference
  return a - (difference + virtual) + (virtual - b)
}

function polynomial(series: readonly number[], z: number): number {
  let sum = 0
  for (let i = series.length - 1; i >= 0; i--) sum = series[i]! + z * sum
  return sum
}

/** 1 - r^2/2 + r^4/4! - ...; the rounding of 1 - r^2/2 is added back. */
function cosNearZero(r: number, lost: number): number {
  const z = r * r
  const half = z / 2
  const lead = 1 - half
  return lead + (1 - lead - half + (z * z * polynomial(cosSeries, z) - r * lost))
}

/** r - r^3/3! + ...; sin(r + lost) = sin r + lost cos r. */
function sinNearZero(r: number, lost: number): number {
  const z = r * r
  return r + (r * z * polynomial(sinSeries, z) + lost * (1 - z / 2))
}
