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

/** Mean of the numbers that are defined; NaN where none is. */
export function meanOfDefined(values: readonly number[]): number {
  let total = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    total += value
    count++
  }
  return total / count
}
