import { sampleRows } from '../findings/sample-rows'
import { isCoded, type Column, type NumericColumn } from '../table'
import { relationLimit } from './relation'

/** How a column's values lie for each class of the target, or how the target's mean goes along them. */
export interface ByTarget {
  /** Ends of the bins of a column of numbers, one more than there are bins; or the levels, most frequent first. */
  readonly edges?: readonly number[]
  readonly levels?: readonly string[]
  /** For a target of classes: rows of each class in each bin or level, [bin][class]. */
  readonly counts?: readonly (readonly number[])[]
  readonly classes?: readonly string[]
  /** For a target of numbers: its mean in each bin or level, null where there is no row; and the rows. */
  readonly means?: readonly (number | null)[]
  readonly rows: readonly number[]
  /** Rows that were looked at, of all. */
  readonly sampled: number
}

const bins = 32
const mostLevels = 12
const mostClasses = 7

/** At most 100,000 rows, evenly taken, are looked at. */
export function splitByTarget(column: Column, target: Column, rowCount: number): ByTarget {
  const all = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const rows = sampleRows(all, relationLimit)
  const places = isCoded(column) || column.type === 'boolean' ? byLevel(column, rows) : byBin(column, rows)
  const counted = countRows(places.of, rows, places.count)
  const { of: _of, count: _count, ...axis } = places
  const head = { ...axis, rows: counted, sampled: rows.length }
  return target.type === 'number' && !isCoded(target)
    ? { ...head, means: meansIn(places, rows, target) }
    : { ...head, ...classesIn(places, rows, target) }
}

interface Places {
  readonly edges?: readonly number[]
  readonly levels?: readonly string[]
  readonly count: number
  /** Bin or level of a row, -1 for none. */
  readonly of: (row: number) => number
}

function byBin({ values }: NumericColumn, rows: Uint32Array): Places {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    const value = values[row]!
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(high > low)) [low, high] = Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1]
  const width = (high - low) / bins
  return {
    edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width),
    count: bins,
    of: (row) => {
      const value = values[row]!
      return Number.isNaN(value) ? -1 : Math.min(bins - 1, Math.floor((value - low) / width))
    },
  }
}

function byLevel(column: Column, rows: Uint32Array): Places {
  const { words, codeOf } = wordsOf(column)
  const counts = new Float64Array(words.length)
  for (const row of rows) {
    const code = codeOf(row)
    if (code >= 0) counts[code]!++
  }
  const order = [...counts.keys()].filter((code) => counts[code]! > 0).sort((a, b) => counts[b]! - counts[a]!)
  const shown = order.slice(0, mostLevels)
  const place = new Int32Array(words.length).fill(-1)
  shown.forEach((code, i) => (place[code] = i))
  return {
    levels: shown.map((code) => words[code]!),
    count: shown.length,
    of: (row) => place[codeOf(row)] ?? -1,
  }
}

function wordsOf(column: Column): { words: readonly string[]; codeOf: (row: number) => number } {
  if (isCoded(column)) return { words: column.levels, codeOf: (row) => column.codes[row]! }
  const codeOf = (row: number): number => (Number.isNaN(column.values[row]!) ? -1 : column.values[row]!)
  return { words: column.labels ?? ['no', 'yes'], codeOf }
}

function countRows(of: Places['of'], rows: Uint32Array, count: number): number[] {
  const counts = new Array<number>(count).fill(0)
  for (const row of rows) if (of(row) >= 0) counts[of(row)]!++
  return counts
}

function meansIn({ of, count }: Places, rows: Uint32Array, { values }: NumericColumn): (number | null)[] {
  const sums = new Float64Array(count)
  const counts = new Float64Array(count)
  for (const row of rows) {
    const place = of(row)
    if (place < 0 || Number.isNaN(values[row]!)) continue
    sums[place]! += values[row]!
    counts[place]!++
  }
  return Array.from(sums, (sum, i) => (counts[i]! > 0 ? sum / counts[i]! : null))
}

/** The most frequent classes, and the others as one. */
function classesIn(
  { of, count }: Places,
  rows: Uint32Array,
  target: Column,
): Pick<ByTarget, 'counts' | 'classes'> {
  if (!isCoded(target) && target.type !== 'boolean') return {}
  const { words, codeOf } = wordsOf(target)
  const totals = new Float64Array(words.length)
  for (const row of rows) if (codeOf(row) >= 0) totals[codeOf(row)]!++
  const used = [...totals.keys()].filter((code) => totals[code]! > 0)
  const shown =
    used.length <= mostClasses + 1 ? used : used.sort((a, b) => totals[b]! - totals[a]!).slice(0, mostClasses)
  const place = new Int32Array(words.length).fill(shown.length)
  shown.forEach((code, i) => (place[code] = i))
  const hasOthers = shown.length < used.length
  const classes = [
    ...shown.map((code) => words[code]!),
    ...(hasOthers ? [`${used.length - shown.length} others`] : []),
  ]
  const counts = Array.from({ length: count }, () => new Array<number>(classes.length).fill(0))
  for (const row of rows) {
    const code = codeOf(row)
    if (of(row) >= 0 && code >= 0) counts[of(row)]![place[code]!]!++
  }
  return { counts, classes }
}
