import type { Scored } from './metric'
import { once } from './once'

/** Classes of a target: two where one unit gives the probability of the second. */
export const classCount = ({ target, units }: Pick<Scored, 'target' | 'units'>): number =>
  target.type === 'binary' ? 2 : units

/**
 * The class of one row of `values` [rows, units]: the second of two above one half, else the one with the largest
 * number, the first of equal ones. Right for predictions and for truth.
 */
export function classOf(values: ArrayLike<number>, row: number, units: number): number {
  if (units === 1) return values[row]! > 0.5 ? 1 : 0
  let best = 0
  for (let unit = 1; unit < units; unit++)
    if (values[row * units + unit]! > values[row * units + best]!) best = unit
  return best
}

/** One class against the rest, by rising score: rows that share a score are one group. */
export interface OneAgainstRest {
  readonly rows: number
  /** Rows of each group. */
  readonly sizes: Uint32Array
  /** How many of them have the class. */
  readonly hits: Uint32Array
}

/** Of the second of two classes, or of each of several. */
export const oneAgainstRest = once((scored: Scored): OneAgainstRest[] =>
  Array.from({ length: scored.units }, (_, unit) => rankedScores(scored, unit)),
)

/** Plain sorting of numbers is many times faster than sorting rows by their score, so the hits are sorted beside. */
function rankedScores({ rows, units, predictions, truth }: Scored, unit: number): OneAgainstRest {
  const scores = new Float64Array(rows)
  const hitScores = new Float64Array(rows)
  let count = 0
  for (let row = 0, at = unit; row < rows; row++, at += units) {
    scores[row] = predictions[at]!
    if (truth[at]! > 0.5) hitScores[count++] = predictions[at]!
  }
  scores.sort()
  const ranked = hitScores.subarray(0, count).sort()
  const [sizes, hits] = [new Uint32Array(rows), new Uint32Array(rows)]
  let groups = 0
  for (let end = 0, hit = 0; end < rows; groups++) {
    const [start, firstHit, score] = [end, hit, scores[end]!]
    do end++
    while (end < rows && scores[end] === score)
    while (hit < count && ranked[hit] === score) hit++
    sizes[groups] = end - start
    hits[groups] = hit - firstHit
  }
  return { rows, sizes: sizes.subarray(0, groups), hits: hits.subarray(0, groups) }
}

/** Mean of the numbers that are defined; NaN where none is. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.reduce((total, value) => total + value, 0) / defined.length
}
