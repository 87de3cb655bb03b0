import { LabError } from '../../errors/lab-error'
import type { WindowStatistic } from '../../experiment/schema'
import { isCoded, type NumericColumn } from '../table'
import type { DerivedKind, SettingsOf } from './derived-kind'
import { needColumn } from './need-column'

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
const mean = (values: Float64Array): number => sum(values) / values.length

/** Figures of a window's values, the earliest first. */
const statistics: Readonly<Record<WindowStatistic, (values: Float64Array) => number>> = {
  mean,
  /** Of the population, as everywhere in the lab. */
  sd: (values) => {
    const middle = mean(values)
    return Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / values.length)
  },
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  sum,
  difference: (values) => values.at(-1)! - values[0]!,
}

/** A figure of the last rows of the same series; missing where one of them is, or where the series is too short. */
export const window: DerivedKind<SettingsOf<'window'>> = {
  make: (name, { column: source, size, statistic, lag }, { columns, rowCount, series }) => {
    const column = needColumn(source, columns)
    if (isCoded(column) || column.type === 'date') refuseWords(source, column.type)
    const values = new Float64Array(rowCount).fill(NaN)
    for (const rows of series()) writeWindows(column, rows, { size, lag, of: statistics[statistic] }, values)
    return { name, type: 'number', values, reason: `Computed: ${statistic} of ${source} over ${size} rows.` }
  },
  reads: ({ column, lag }) => new Map([[column, -lag]]),
}

function writeWindows(
  { values }: NumericColumn,
  rows: Uint32Array,
  { size, lag, of }: { size: number; lag: number; of: (values: Float64Array) => number },
  out: Float64Array,
): void {
  const inOrder = Float64Array.from(rows, (row) => values[row]!)
  // The last place at which a cell is missing: a window that holds it has no figure.
  let gap = -1
  for (let end = 0; end + lag < rows.length; end++) {
    if (Number.isNaN(inOrder[end]!)) gap = end
    const start = end - size + 1
    if (start > gap || (start === 0 && gap < 0)) out[rows[end + lag]!] = of(inOrder.subarray(start, end + 1))
  }
}

function refuseWords(column: string, type: string): never {
  throw new LabError({
    code: 'bad-window',
    expected: 'a column of numbers or yes/no, to take a figure of',
    came: `"${column}", a column of type ${type}`,
    advice: 'Choose another column, or take a lag of this one.',
  })
}
