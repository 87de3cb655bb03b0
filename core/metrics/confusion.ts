import { classCount, classOf } from './classes'
import type { Scored } from './metric'
import { once } from './once'

/**
 * How often each class was taken for each: `confusion[i][j]` rows of true class i were predicted as class j. Two
 * classes are cut at a probability of one half.
 */
export const confusion = once((scored: Scored): number[][] => {
  const { rows, units, predictions, truth } = scored
  const classes = classCount(scored)
  const counts = new Uint32Array(classes * classes)
  for (let row = 0; row < rows; row++)
    counts[classOf(truth, row, units) * classes + classOf(predictions, row, units)]!++
  const matrix: number[][] = []
  for (let k = 0; k < classes; k++) matrix.push(rowOf(counts, k, classes))
  return matrix
})

/** By hand, as `Array.from` takes longer than to count a hundred rows. */
function rowOf(counts: Uint32Array, k: number, classes: number): number[] {
  const row: number[] = []
  for (let at = k * classes; at < (k + 1) * classes; at++) row.push(counts[at]!)
  return row
}

/** What one class's row and column of the confusion matrix say. */
export interface ClassCounts {
  /** Rows of the class that were predicted as it. */
  readonly right: number
  /** Rows of the class. */
  readonly actual: number
  /** Rows predicted as the class. */
  readonly predicted: number
}

export const countsByClass = once((scored: Scored): ClassCounts[] => {
  const matrix = confusion(scored)
  return matrix.map((row, k) => {
    let [actual, predicted] = [0, 0]
    for (let other = 0; other < row.length; other++) {
      actual += row[other]!
      predicted += matrix[other]![k]!
    }
    return { right: row[k]!, actual, predicted }
  })
})
