import type { Scored } from './metric'

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

/** One class against the rest: each row's score for the class, and whether it has it. */
export interface OneAgainstRest {
  readonly scores: Float64Array
  readonly hits: Uint8Array
}

/** Of the second of two classes, or of each of several. */
export function oneAgainstRest(scored: Scored): OneAgainstRest[] {
  const { rows, units, predictions, truth } = scored
  return Array.from({ length: units }, (_, unit) => ({
    scores: Float64Array.from({ length: rows }, (_, row) => predictions[row * units + unit]!),
    hits: Uint8Array.from({ length: rows }, (_, row) => (truth[row * units + unit]! > 0.5 ? 1 : 0)),
  }))
}

/** Mean of the numbers that are defined; NaN where none is. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.reduce((total, value) => total + value, 0) / defined.length
}
