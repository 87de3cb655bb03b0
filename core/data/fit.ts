import type { ResolvedColumn } from './columns'
import type { FeatureTransform } from './prepared'
import { isCoded, type CodedColumn, type NumericColumn } from './table'

/** The values of the given rows. */
export function gather(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length)
  rows.forEach((row, i) => (taken[i] = values[row]!))
  return taken
}

/** Filled values of the given rows. */
const takeFilled = (values: Float64Array, rows: Uint32Array): Float64Array =>
  gather(values, rows).filter((value) => !Number.isNaN(value))

const meanOf = (values: Float64Array): number => {
  let sum = 0
  for (const value of values) sum += value
  return values.length ? sum / values.length : 0
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort()
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Of values equally frequent, the smallest. */
function mostFrequent(values: ArrayLike<number>): number | undefined {
  const counts = new Map<number, number>()
  for (let i = 0; i < values.length; i++) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1)
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)
  return ranked[0]?.[0]
}

/** What stands in for a missing cell. Rows of a `drop` column are gone in training, but not when predicting. */
const fills: Record<ResolvedColumn['missing'], (values: Float64Array) => number> = {
  mean: meanOf,
  median: medianOf,
  'most-frequent': (values) => mostFrequent(values) ?? 0,
  zero: () => 0,
  drop: meanOf,
}

export interface Scale {
  readonly offset: number
  readonly factor: number
}

/** input = (value - offset) / factor; a column without spread has factor 1, so that it becomes 0. */
const scales: Record<ResolvedColumn['scale'], (values: Float64Array) => Scale> = {
  none: () => ({ offset: 0, factor: 1 }),
  'min-max': (values) => {
    let [low, high] = [Infinity, -Infinity]
    for (const value of values) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    return values.length ? { offset: low, factor: high > low ? high - low : 1 } : { offset: 0, factor: 1 }
  },
  standard: (values) => {
    const mean = meanOf(values)
    let squares = 0
    for (const value of values) squares += (value - mean) ** 2
    const deviation = Math.sqrt(squares / Math.max(1, values.length))
    // Rounding alone can leave a constant column a deviation of about 1e-16 of its size.
    return { offset: mean, factor: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 }
  },
}

/** The scale of values that are all filled. Standard: mean and population standard deviation. */
export const fitScale = (values: Float64Array, scale: ResolvedColumn['scale']): Scale => scales[scale](values)

/**
 * Fits one column on the training rows: fill first, then scale over the filled values, unless it shares the scale of its
 * group.
 */
export function fitFeature(
  resolved: ResolvedColumn,
  rows: Uint32Array,
  start: number,
  shared?: Scale,
): FeatureTransform {
  return isCoded(resolved.column)
    ? fitCategory(resolved.column, resolved, rows, start)
    : fitNumber(resolved.column, resolved, rows, start, shared)
}

/** What stands in for missing cells, and the values of the rows with it in place. */
export function fillNumbers(
  column: NumericColumn,
  missing: ResolvedColumn['missing'],
  rows: Uint32Array,
): { fill: number; filled: Float64Array } {
  const rule = missing === 'drop' && column.type === 'boolean' ? 'most-frequent' : missing
  const fill = fills[rule](takeFilled(column.values, rows))
  return { fill, filled: gather(column.values, rows).map((value) => (Number.isNaN(value) ? fill : value)) }
}

function fitNumber(
  column: NumericColumn,
  { missing, scale }: ResolvedColumn,
  rows: Uint32Array,
  start: number,
  shared: Scale | undefined,
): FeatureTransform {
  const { fill, filled } = fillNumbers(column, missing, rows)
  const { offset, factor } = shared ?? fitScale(filled, scale)
  const labels = column.labels ? { labels: column.labels } : {}
  return { column: column.name, type: column.type, fill, offset, factor, ...labels, start, width: 1 }
}

function filledCodes({ codes }: CodedColumn, rows: Uint32Array): Int32Array {
  const taken = new Int32Array(rows.length)
  rows.forEach((row, i) => (taken[i] = codes[row]!))
  return taken.filter((code) => code >= 0)
}

function fitCategory(
  column: CodedColumn,
  { missing, encode }: ResolvedColumn,
  rows: Uint32Array,
  start: number,
): FeatureTransform {
  const codes = filledCodes(column, rows)
  const seen = new Set(codes)
  const levels = column.levels.filter((_, code) => seen.has(code))
  const frequent = missing === 'zero' ? undefined : mostFrequent(codes)
  const fill = frequent === undefined ? null : column.levels[frequent]!
  const place = encode === 'codes' ? { encode, start, width: 1 } : { start, width: levels.length }
  return { column: column.name, type: 'category', levels, fill, ...place }
}
