import type { Numbers } from '../../backends/backend'

/** How numbers are spread: equal steps from the smallest to the largest. */
export interface Histogram {
  readonly low: number
  readonly high: number
  /** Numbers in each step, from the lowest; where all are as good as equal, all in the first. */
  readonly counts: readonly number[]
}

/** What an array of numbers is like. */
export interface ArrayStatistics {
  readonly mean: number
  /** Of all of them: the sum of squares is divided by their number. */
  readonly deviation: number
  readonly smallest: number
  readonly largest: number
  /** Share of them that is 0. */
  readonly zeros: number
  /** Root of the sum of squares. */
  readonly norm: number
  readonly histogram: Histogram
}

export const BINS = 40

/** In float64, whatever the numbers are; null where there are none, or one is not finite. */
export function statisticsOf(values: Numbers): ArrayStatistics | null {
  const { length } = values
  let [sum, squares, zeros] = [0, 0, 0]
  let [smallest, largest] = [Infinity, -Infinity]
  for (let i = 0; i < length; i++) {
    const value = values[i]!
    sum += value
    squares += value * value
    if (value < smallest) smallest = value
    if (value > largest) largest = value
    if (value === 0) zeros++
  }
  if (length === 0 || !Number.isFinite(sum) || !Number.isFinite(squares)) return null
  const mean = sum / length
  // Adding 0 makes -0 and 0 one.
  const { counts, variance } = spreadOf(values, mean, smallest, largest)
  return {
    mean,
    deviation: Math.sqrt(variance),
    smallest: smallest + 0,
    largest: largest + 0,
    zeros: zeros / length,
    norm: Math.sqrt(squares),
    histogram: { low: smallest + 0, high: largest + 0, counts },
  }
}

/** A second look, as a variance from sums of squares alone loses its figures where the mean is far from 0. */
function spreadOf(
  values: Numbers,
  mean: number,
  low: number,
  high: number,
): { counts: number[]; variance: number } {
  const counts = new Uint32Array(BINS)
  const perUnit = BINS / (high - low)
  const scale = Number.isFinite(perUnit) ? perUnit : 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    squares += (value - mean) * (value - mean)
    // The largest belongs to the last step, and so does what rounding puts behind it.
    counts[Math.min(BINS - 1, Math.trunc((value - low) * scale))]!++
  }
  return { counts: Array.from(counts), variance: squares / values.length }
}

/** How far numbers moved, against how large they were: ‖after - before‖ / ‖before‖; null where they were all 0. */
export function relativeChange(before: Numbers, after: Numbers): number | null {
  let [moved, size] = [0, 0]
  for (let i = 0; i < before.length; i++) {
    const value = before[i]!
    const change = after[i]! - value
    moved += change * change
    size += value * value
  }
  const ratio = Math.sqrt(moved / size)
  return Number.isFinite(ratio) ? ratio : null
}
