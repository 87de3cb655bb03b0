import type { ColumnSummary } from './prepared'
import type { ProposedRole } from './roles'
import { isCoded, type CodedColumn, type Column, type NumericColumn } from './table'

const histogramBins = 20
const shownValues = 12

/** What the data panel shows of a column. A reason to leave the column out stands after the reason for its type. */
export function summarizeColumn(column: Column, { role, reason }: ProposedRole): ColumnSummary {
  const head = { name: column.name, type: column.type, role, reason: joinReasons(column.reason, reason) }
  if (isCoded(column)) return { ...head, ...summarizeWords(column) }
  return { ...head, ...(column.type === 'boolean' ? summarizeYesNo(column) : summarizeNumbers(column)) }
}

const joinReasons = (type: string, role: string | undefined): string => (role ? `${type} ${role}` : type)

type Body = Omit<ColumnSummary, 'name' | 'type' | 'role' | 'reason'>

function summarizeWords({ codes, levels }: CodedColumn): Body {
  const counts = new Array<number>(levels.length).fill(0)
  let missing = 0
  for (const code of codes)
    if (code < 0) missing++
    else counts[code]!++
  const top = levels
    .map((value, i) => ({ value, count: counts[i]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, shownValues)
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

function summarizeNumbers({ values }: NumericColumn): Body {
  const filled = values.filter((value) => !Number.isNaN(value))
  const counts = {
    count: values.length,
    missing: values.length - filled.length,
    distinct: new Set(filled).size,
  }
  if (filled.length === 0) return counts
  let [minimum, maximum, sum] = [Infinity, -Infinity, 0]
  for (const value of filled) {
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
    sum += value
  }
  const mean = sum / filled.length
  let squares = 0
  for (const value of filled) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / filled.length)
  return { ...counts, minimum, maximum, mean, deviation, histogram: binned(filled, minimum, maximum) }
}

function binned(values: Float64Array, minimum: number, maximum: number): number[] {
  const bins = new Array<number>(histogramBins).fill(0)
  const width = (maximum - minimum) / histogramBins
  for (const value of values) {
    const bin = width > 0 ? Math.floor((value - minimum) / width) : 0
    bins[Math.min(bin, histogramBins - 1)]!++
  }
  return bins
}
