import type { TargetTransform } from './prepared'
import { unscale } from './preparing/target-scale'

/** What the network says of one row, in the target's own terms. */
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
 * Reads the network's output for one row: numbers are turned back into the target's unit, probabilities into the most
 * likely class (the first of several).
 * @param output after the loss's link: one number, the probability of `classes[1]`, or one probability a class
 */
export function decodePrediction(target: TargetTransform, output: ArrayLike<number>): Prediction {
  if (target.type === 'number')
    return { type: 'number', value: unscale(Float64Array.of(output[0]!), target)[0]! }
  const probabilities = target.type === 'binary' ? [1 - output[0]!, output[0]!] : Array.from(output)
  const index = probabilities.reduce((best, value, i) => (value > probabilities[best]! ? i : best), 0)
  return { type: 'class', label: target.classes[index]!, index, probabilities }
}
