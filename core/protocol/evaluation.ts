import { splitNames, type SplitName, type TargetDescription } from '../data/prepared'
import { confusion } from '../metrics/confusion'
import type { Scored } from '../metrics/metric'
import { metricsFor, score } from '../metrics/score'
import type { SplitPredictions, Trainer } from '../training/trainer-api'
import type { Evaluation, SplitEvaluation } from './contract'

/** Points that a picture of predictions can show; more would only be drawn over each other. */
const mostPoints = 2000

/** Names of `loss` and of the metrics that fit a target, for people. */
export const metricLabels = (target: TargetDescription): Record<string, string> => ({
  loss: 'Loss',
  ...Object.fromEntries(metricsFor(target).map((kind) => [kind.type, kind.label])),
})

/** What the weights that a trainer keeps now do on each split. */
export function evaluateTrainer(trainer: Pick<Trainer, 'predict'>, target: TargetDescription): Evaluation {
  return evaluation(target, (split) => {
    const made = trainer.predict(split)
    return made && evaluatePredictions(made, target)
  })
}

/** An evaluation of every split; null for one without rows. */
export function evaluation(
  target: TargetDescription,
  evaluate: (split: SplitName) => SplitEvaluation | null,
): Evaluation {
  const splits = Object.fromEntries(splitNames.map((split) => [split, evaluate(split)]))
  return { target, metricLabels: metricLabels(target), splits: splits as Evaluation['splits'] }
}

/** Metrics of one split's predictions, with its confusion matrix or its points. */
export function evaluatePredictions(made: SplitPredictions, target: TargetDescription): SplitEvaluation {
  const { units, loss, predictions, truth, fileRows } = made
  const scored: Scored = { target, rows: fileRows.length, units, predictions, truth }
  const metrics = { loss, ...score(scored) }
  const rows = fileRows.length
  return target.type === 'number'
    ? { rows, metrics, points: pointsOf(made) }
    : { rows, metrics, confusion: confusion(scored) }
}

/** At most `mostPoints` rows, taken evenly. */
function pointsOf({
  predictions,
  truth,
  fileRows,
}: SplitPredictions): NonNullable<SplitEvaluation['points']> {
  const count = Math.min(fileRows.length, mostPoints)
  return Array.from({ length: count }, (_, i) => {
    const place = Math.floor((i * fileRows.length) / count)
    return { truth: truth[place]!, prediction: predictions[place]!, row: fileRows[place]! }
  })
}
