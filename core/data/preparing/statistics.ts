import { sortNumbers } from '../../numerics/sort-numbers'

/** Sums in order, so that the same rows give the same bits. */
export function meanOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length ? sum / values.length : 0
}

export function medianOf(values: Float64Array): number {
  const sorted = sortNumbers(values)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Population standard deviation; 1 for values without spread, so that they can be divided by it. */
export function spreadOf(values: Float64Array, mean: number): number {
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2
  const deviation = Math.sqrt(squares / Math.max(1, values.length))
  // Rounding alone can leave a constant column a deviation of about 1e-16 of its size.
  return deviation > 1e-12 * Math.abs(mean) ? deviation : 1
}

/** The value below which a share of ascending values lies, linear between two (Hyndman and Fan's type 7, as NumPy's default). */
export function quantileOf(sorted: Float64Array, share: number): number {
  return valueAt(sorted, share * (sorted.length - 1))
}

/** The value at a place from 0 to length - 1, linear between two; 0 where there are none. */
export function valueAt(sorted: Float64Array, at: number): number {
  if (sorted.length === 0) return 0
  const below = Math.min(Math.floor(at), sorted.length - 1)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low + (high - low) * (at - below)
}

/** Of values equally frequent, the smallest; 0 where there are none. */
export function mostFrequentOf(values: Float64Array): number {
  const sorted = sortNumbers(values)
  let [best, most] = [0, 0]
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    if (to - from > most) [best, most] = [sorted[from]!, to - from]
    from = to
  }
  return best
}
