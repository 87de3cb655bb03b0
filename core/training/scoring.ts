import type { PreparedData } from '../data/prepared'
import { unscale } from '../data/preparing/target-scale'
import type { Scored } from '../metrics/metric'
import { score, scoreOne } from '../metrics/score'
import { outputUnits, partType } from '../data/target-parts'
import type { Pass } from './evaluator'
import type { MetricValues } from './events'

/** The true targets of some rows, in the target's own unit. */
export function truthOf({ targets, preprocessing }: PreparedData, rows: Uint32Array): Float64Array {
  const { width, values } = targets
  const truth = new Float64Array(rows.length * width)
  // Not `gatherRows`, which is quick as long as it meets one kind of array.
  for (let i = 0, to = 0; i < rows.length; i++) {
    const start = rows[i]! * width
    for (let from = start; from < start + width; from++) truth[to++] = values[from]!
  }
  return unscale(truth, preprocessing.target)
}

/** Loss and every metric that fits the target. */
export const measure = (pass: Pass, rows: Uint32Array, data: PreparedData): MetricValues =>
  score(scoredOf(pass, rows, data), { ...lossOf(pass) })

/** Loss and one metric, or the loss alone. */
export const measureOne = (name: string, pass: Pass, rows: Uint32Array, data: PreparedData): MetricValues =>
  name === 'loss' ? lossOf(pass) : { ...lossOf(pass), [name]: scoreOne(name, scoredOf(pass, rows, data)) }

/** A loss that is no number is not defined. */
export const lossOf = ({ loss }: Pick<Pass, 'loss'>): { readonly loss: number | null } => ({
  loss: Number.isFinite(loss) ? loss : null,
})

function scoredOf({ predictions }: Pass, rows: Uint32Array, data: PreparedData): Scored {
  const { target } = data.preprocessing
  return {
    target,
    rows: rows.length,
    units: outputUnits(target),
    // A copy, as the pass may be asked again.
    predictions: partType(target) === 'number' ? unscale(predictions.slice(), target) : predictions,
    truth: truthOf(data, rows),
  }
}
