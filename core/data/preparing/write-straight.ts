import type { Limits } from './preparation'
import type { ColumnReader } from './reader'

/** What becomes of each cell: filled, then clipped, then (x − offset) / factor. */
export interface Straight {
  readonly fill: number
  readonly clip?: Limits | undefined
  readonly offset: number
  readonly factor: number
}

/** All steps of a column of numbers in one pass over its cells, which needs no room for what lies between. */
export function writeStraight(
  values: Float64Array,
  { fill, clip, offset, factor }: Straight,
): NonNullable<ColumnReader['writeStrided']> {
  const { low, high } = clip ?? { low: -Infinity, high: Infinity }
  return (rows, from, count, out, to, stride) =>
    writeCells(values, rows, from, from + count, out, to, stride, fill, low, high, offset, factor)
}

/** Takes all it needs one by one: numbers that a closure holds are boxed, and three times as slow to get at. */
function writeCells(
  values: Float64Array,
  rows: Uint32Array,
  from: number,
  end: number,
  out: Float32Array,
  to: number,
  stride: number,
  fill: number,
  low: number,
  high: number,
  offset: number,
  factor: number,
): void {
  for (let i = from, at = to; i < end; i++, at += stride) {
    const cell = values[rows[i]!]!
    const filled = cell === cell ? cell : fill
    out[at] = ((filled < low ? low : filled > high ? high : filled) - offset) / factor
  }
}
