import { sortNumbers } from '../numerics/sort-numbers'
import type { ColumnSummary } from './prepared'
import type { ProposedRole } from './roles'
import { isCoded, typeOf, type CodedColumn, type Column, type NumericColumn } from './table'

const histogramBins = 20
const shownValues = 12
/** In percent. */
export const shownQuantiles = [5, 25, 50, 75, 95] as const

/** Columns never change, and are asked about again whenever a role does. */
const known = new WeakMap<Column, Body>()

/** What the data panel shows of a column. A reason to leave the column out stands after the reason for its type. */
export function summarizeColumn(column: Column, { role, reason }: ProposedRole): ColumnSummary {
  const cells = known.get(column) ?? summarizeCells(column)
  known.set(column, cells)
  return {
    name: column.name,
    type: typeOf(column),
    role,
    reason: joinReasons(column.reason, reason),
    ...cells,
  }
}

function summarizeCells(column: Column): Body {
  if (isCoded(column)) return summarizeWords(column)
  const unreadable = column.unreadable && { unreadable: column.unreadable }
  return {
    ...unreadable,
    ...(column.type === 'date' &&
      column.values.some((day) => day % 1 !== 0 && !Number.isNaN(day)) && { times: true as const }),
    ...(column.type === 'boolean' ? summarizeYesNo(column) : summarizeNumbers(column)),
  }
}

const joinReasons = (type: string, role: string | undefined): string => (role ? `${type} ${role}` : type)

type Body = Omit<ColumnSummary, 'name' | 'type' | 'role' | 'reason'>

function summarizeWords({ codes, levels }: CodedColumn): Body {
  const counts = new Float64Array(levels.length)
  let missing = 0
  for (let row = 0; row < codes.length; row++)
    if (codes[row]! < 0) missing++
    else counts[codes[row]!]!++
  const top = [...counts.keys()]
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, shownValues)
    .map((code) => ({ value: levels[code]!, count: counts[code]! }))
  return { count: codes.length, missing, distinct: levels.length, top }
}

function summarizeYesNo(column: NumericColumn): Body {
  const [no, yes] = column.labels ?? ['no', 'yes']
  let [noes, yeses] = [0, 0]
  for (const value of column.values)
    if (value === 1) yeses++
    else if (value === 0) noes++
  const top = [
    { value: no, count: noes },
    { value: yes, count: yeses },
  ]
  const seen = top.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  const count = column.values.length
  return { count, missing: count - noes - yeses, distinct: seen.length, top: seen }
}

/** One sort gives what one pass over the sorted numbers can tell. */
function summarizeNumbers({ values }: NumericColumn): Body {
  const sorted = sortNumbers(values)
  let filled = sorted.length
  while (filled > 0 && Number.isNaN(sorted[filled - 1]!)) filled--
  const cells = sorted.subarray(0, filled)
  const { distinct, top } = countRuns(cells)
  const counts = { count: values.length, missing: values.length - filled, distinct }
  if (filled === 0) return counts
  const [minimum, maximum] = [cells[0]!, cells[filled - 1]!]
  return {
    ...counts,
    minimum,
    maximum,
    ...moments(cells),
    quantiles: shownQuantiles.map((percent) => quantileOf(cells, percent / 100)),
    histogram: binned(cells, minimum, maximum),
    ...(top.length > 0 && { frequent: top }),
  }
}

/** Different values of sorted numbers, and the most frequent of those that occur more than once. */
function countRuns(cells: Float64Array): { distinct: number; top: { value: number; count: number }[] } {
  const top: { value: number; count: number }[] = []
  let distinct = 0
  /** Those that occur no more often are not shown. */
  let beaten = 1
  for (let from = 0; from < cells.length; distinct++) {
    const value = cells[from]!
    let to = from + 1
    while (to < cells.length && cells[to] === value) to++
    if (to - from > beaten) {
      top.push({ value, count: to - from })
      top.sort((a, b) => b.count - a.count || a.value - b.value)
      if (top.length > shownValues) top.pop()
      if (top.length === shownValues) beaten = top.at(-1)!.count
    }
    from = to
  }
  return { distinct, top }
}

/** Mean, and the deviation of the rows at hand: divided by their number. */
function moments(cells: Float64Array): { mean: number; deviation: number } {
  let sum = 0
  for (let i = 0; i < cells.length; i++) sum += cells[i]!
  const mean = sum / cells.length
  let squares = 0
  for (let i = 0; i < cells.length; i++) squares += (cells[i]! - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / cells.length) }
}

/** Of sorted numbers, straight between neighbours (R. J. Hyndman & Y. Fan 1996, type 7). */
function quantileOf(cells: Float64Array, share: number): number {
  const at = share * (cells.length - 1)
  const below = Math.floor(at)
  const low = cells[below]!
  const high = cells[Math.min(below + 1, cells.length - 1)]!
  return low + (at - below) * (high - low)
}

function binned(cells: Float64Array, minimum: number, maximum: number): number[] {
  const bins = new Float64Array(histogramBins)
  const width = (maximum - minimum) / histogramBins
  for (let i = 0; i < cells.length; i++) {
    const bin = width > 0 ? Math.floor((cells[i]! - minimum) / width) : 0
    bins[Math.min(bin, histogramBins - 1)]!++
  }
  return [...bins]
}
