import type { PreparedData, TargetTransform } from '../data/prepared'
import type { Scored } from '../metrics/metric'
import { score } from '../metrics/score'
import { outputUnits } from '../network/resolve'
import type { Pass } from './evaluator'
import type { MetricValues } from './events'

/** Number targets back in their own unit; probabilities and classes as they are. In place. */
export function unscale(values: Float64Array, target: TargetTransform): Float64Array {
  if (target.type === 'number')
    for (let i = 0; i < values.length; i++) values[i] = values[i]! * target.factor + target.offset
  return values
}

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

/** Loss and every metric that fits the target. `pass.predictions` are turned back into the target's own unit. */
export function measure(pass: Pass, rows: Uint32Array, data: PreparedData): MetricValues {
  const { target } = data.preprocessing
  const scored: Scored = {
    target,
    rows: rows.length,
    units: outputUnits(target),
    predictions: unscale(pass.predictions, target),
    truth: truthOf(data, rows),
  }
  return { loss: Number.isFinite(pass.loss) ? pass.loss : null, ...score(scored) }
}
