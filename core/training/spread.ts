import { studentBound } from '../numerics/student-t'

/** How values of the same measure lie; what is not defined (no value, or only one) is null. */
export interface Spread {
  /** Values that are there. */
  readonly count: number
  readonly mean: number | null
  /** Standard deviation of a sample: Σ (x − mean)² / (count − 1), under the root. */
  readonly deviation: number | null
  /** The mean ± this holds the true mean in 95 of 100 cases, where the values are independent and about normal. */
  readonly halfWidth: number | null
}

/** Mean, deviation and t s / √n (Student 1908) of the values that are there. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread {
  const found = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[]
  const count = found.length
  if (count === 0) return { count, mean: null, deviation: null, halfWidth: null }
  const mean = found.reduce((sum, value) => sum + value, 0) / count
  if (count === 1) return { count, mean, deviation: null, halfWidth: null }
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (count - 1))
  return { count, mean, deviation, halfWidth: (studentBound(0.95, count - 1) * deviation) / Math.sqrt(count) }
}
