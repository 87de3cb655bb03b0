import { isCoded, type Column } from '../table'
import { gather } from '../preparing/number-columns'
import { ordered, type Ordered } from './sort-order'

/** A column as few classes: -1 where the cell is missing. */
export interface Binned {
  readonly codes: Int32Array
  readonly count: number
}

/** Most bins that a column of numbers is cut into. */
const mostBins = 32

/** More rows bear more bins: about as many in each as there are bins, five times over. */
export const binsFor = (rows: number): number =>
  Math.max(2, Math.min(mostBins, Math.floor(Math.sqrt(rows / 5))))

/**
 * A column of words by its levels, of yes/no and few numbers by its values, and of many numbers in bins of about the same
 * number of rows; equal numbers stay together.
 */
export function binColumn(column: Column, rows: Uint32Array): Binned {
  if (isCoded(column)) return { codes: takeCodes(column.codes, rows), count: column.levels.length }
  return binNumbers(ordered(gather(column.values, rows)))
}

function takeCodes(codes: Int32Array, rows: Uint32Array): Int32Array {
  const taken = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) taken[i] = codes[rows[i]!]!
  return taken
}

export function binNumbers({ cells, order }: Ordered): Binned {
  const filled = countFilled(cells, order)
  const wanted = binsFor(filled)
  const step = distinctIn(cells, order, filled, wanted) <= wanted ? 0 : filled / wanted
  const codes = new Int32Array(cells.length).fill(-1)
  let [bin, next] = [-1, 0]
  for (let i = 0; i < filled; i++) {
    const isNew = i === 0 || cells[order[i]!] !== cells[order[i - 1]!]
    if (isNew && i >= next) {
      bin++
      next = step === 0 ? 0 : (Math.floor(i / step) + 1) * step
    }
    codes[order[i]!] = bin
  }
  return { codes, count: bin + 1 }
}

function countFilled(cells: Float64Array, order: Uint32Array): number {
  let filled = order.length
  while (filled > 0 && Number.isNaN(cells[order[filled - 1]!]!)) filled--
  return filled
}

/** Different values, counted no further than one beyond `most`. */
function distinctIn(cells: Float64Array, order: Uint32Array, filled: number, most: number): number {
  let distinct = filled > 0 ? 1 : 0
  for (let i = 1; i < filled && distinct <= most; i++)
    if (cells[order[i]!] !== cells[order[i - 1]!]) distinct++
  return distinct
}
