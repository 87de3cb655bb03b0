import type { PartTransform, TargetTransform } from './prepared'
import { unscale } from './preparing/target-scale'
import { splitUnits } from './target-parts'

/** What the network says of one column in one row, in the column's own terms. */
export type Prediction =
  | { readonly type: 'number'; readonly value: number }
  | {
      readonly type: 'class'
      readonly label: string
      readonly index: number
      /** Of every class, in the order of the target's classes. */
      readonly probabilities: readonly number[]
    }

/**
 * Reads the network's output for one row, one prediction for each target column: numbers are turned back into their unit,
 * probabilities into the most likely class (the first of several).
 * @param output after the loss's link: one number, the probability of `classes[1]`, or one probability a class; of several
 * columns one after the other
 */
export const decodePredictions = (target: TargetTransform, output: ArrayLike<number>): Prediction[] =>
  splitUnits(Float64Array.from(output), target).map(({ part, values }) => decodePart(part, values))

function decodePart(part: PartTransform, output: Float64Array): Prediction {
  if (part.type === 'number') return { type: 'number', value: unscale(output, part)[0]! }
  const probabilities = part.type === 'binary' ? [1 - output[0]!, output[0]!] : Array.from(output)
  const index = probabilities.reduce((best, value, i) => (value > probabilities[best]! ? i : best), 0)
  return { type: 'class', label: part.classes[index]!, index, probabilities }
}
