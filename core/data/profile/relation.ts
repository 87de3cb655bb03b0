import { sampleRows } from '../findings/sample-rows'
import { allRows } from '../apply'
import { gather } from '../preparing/number-columns'
import { isCoded, type Column } from '../table'
import { takeRows } from '../take-rows'
import { isFilled } from '../target'
import { correlationRatio, cramersV, mutualInformation, pearson, spearman } from './association'
import { binColumn, binNumbers, type Binned } from './binning'
import { ordered, takeOrdered, type Ordered } from './sort-order'

/** The measure that fits the two types: of numbers r, of a number and classes η, of classes Cramér's V. */
export type Measure = 'pearson' | 'correlation-ratio' | 'cramers-v'

/** What one column says about the target. */
export interface Relation {
  readonly column: string
  /** Rows with both cells that were looked at. */
  readonly rows: number
  readonly measure: Measure
  /** Of that measure: r from -1 to 1, the others from 0 to 1. */
  readonly correlation: number
  /** ρ, of numbers only. */
  readonly spearman?: number
  /** Mutual information with the target in bits: a plug-in estimate over `bins`, less its bias. */
  readonly information: number
  /** The same as a share of what there is to know about the target. */
  readonly informationShare: number
  /** How many classes column and target were cut into. */
  readonly bins: readonly [column: number, target: number]
}

/** Rows beyond this add nothing that could be seen. */
export const relationLimit = 100_000

/** A column with more levels than this has too few rows in each to say anything of. */
const mostLevels = 1000

/** How each of the columns goes with the target; nothing for free text, and for what has no two rows in common. */
export function relate(columns: readonly Column[], target: Column, rowCount: number): Relation[] {
  const sample = sampleRows(allRows(rowCount), relationLimit)
  const rows = takeRows(sample, filledPlaces(target, sample))
  const aim = lookAt(target, rows)
  return columns.flatMap((column) => {
    if (column.name === target.name || column.type === 'text') return []
    if (isCoded(column) && column.levels.length > mostLevels) return []
    const places = filledPlaces(column, rows)
    if (places.length < 3) return []
    const both = takeRows(rows, places)
    return [relateSides(lookAt(column, both), seenFrom(aim, places), both)]
  })
}

/** Over the given rows, in all of which both cells are filled. */
export const relateTwo = (column: Column, target: Column, rows: Uint32Array): Relation =>
  relateSides(lookAt(column, rows), lookAt(target, rows), rows)

/** Places of the rows whose cell is filled. */
function filledPlaces(column: Column, rows: Uint32Array): Uint32Array {
  const places = new Uint32Array(rows.length)
  let count = 0
  for (let place = 0; place < rows.length; place++)
    if (isFilled(column, rows[place]!)) places[count++] = place
  return places.subarray(0, count)
}

/** A column, and its numbers in the rows that are looked at, in their order; words have none. */
interface Side {
  readonly column: Column
  readonly numbers?: Ordered
}

const lookAt = (column: Column, rows: Uint32Array): Side =>
  isCoded(column) ? { column } : { column, numbers: ordered(gather(column.values, rows)) }

/** Yes and no are numbers to a feature beside numbers, and classes otherwise. */
const isNumeric = ({ type }: Column): boolean => type === 'number' || type === 'date'

/** The same column in the rows at some places. */
const seenFrom = ({ column, numbers }: Side, places: Uint32Array): Side =>
  numbers ? { column, numbers: takeOrdered(numbers, places) } : { column }

function relateSides(own: Side, aim: Side, rows: Uint32Array): Relation {
  const [a, b] = [binSide(own, rows), binSide(aim, rows)]
  const { corrected, entropy } = mutualInformation(a, b)
  return {
    column: own.column.name,
    rows: rows.length,
    ...correlate(own, aim, a, b),
    information: corrected,
    informationShare: entropy > 0 ? Math.min(1, corrected / entropy) : 0,
    bins: [a.count, b.count],
  }
}

const binSide = ({ column, numbers }: Side, rows: Uint32Array): Binned =>
  numbers ? binNumbers(numbers) : binColumn(column, rows)

function correlate(
  own: Side,
  aim: Side,
  a: Binned,
  b: Binned,
): Pick<Relation, 'measure' | 'correlation' | 'spearman'> {
  const [x, y] = [own.numbers, isNumeric(aim.column) ? aim.numbers : undefined]
  if (x && y) return { measure: 'pearson', correlation: pearson(x.cells, y.cells), spearman: spearman(x, y) }
  if (y) return { measure: 'correlation-ratio', correlation: correlationRatio(a, y.cells) }
  if (x && isNumeric(own.column))
    return { measure: 'correlation-ratio', correlation: correlationRatio(b, x.cells) }
  return { measure: 'cramers-v', correlation: cramersV(a, b) }
}
