import { splitNames, type SplitName, type TargetDescription } from '../data/prepared'
import { confusion } from '../metrics/confusion'
import type { Scored } from '../metrics/metric'
import { metricsFor, score, scoredParts } from '../metrics/score'
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
  const parts = scoredParts(scored).map((part) => evaluateOne(part, fileRows))
  const whole = evaluateOne(scored, fileRows)
  return { ...whole, metrics: { loss, ...whole.metrics }, ...(parts.length && { parts }) }
}

/** Without the loss; of several columns only the metrics. */
function evaluateOne(scored: Scored, fileRows: Uint32Array): SplitEvaluation {
  const { target, rows } = scored
  const metrics = score(scored)
  if ('parts' in target) return { rows, metrics }
  return target.type === 'number'
    ? { rows, metrics, points: pointsOf({ ...scored, fileRows }) }
    : { rows, metrics, confusion: confusion(scored) }
}

/** The evaluation of one of several columns, as if it were the only target; as it is where there is but one. */
export function evaluationOfPart(whole: Evaluation, part: number): Evaluation {
  const { target, splits } = whole
  if (!('parts' in target)) return whole
  const own = splitNames.map((split) => [split, splits[split]?.parts?.[part] ?? null])
  return { ...whole, target: target.parts[part]!, splits: Object.fromEntries(own) as Evaluation['splits'] }
}

/** At most `mostPoints` rows, taken evenly. */
function pointsOf({
  predictions,
  truth,
  fileRows,
}: Pick<SplitPredictions, 'predictions' | 'truth' | 'fileRows'>): NonNullable<SplitEvaluation['points']> {
  const count = Math.min(fileRows.length, mostPoints)
  return Array.from({ length: count }, (_, i) => {
    const place = Math.floor((i * fileRows.length) / count)
    return { truth: truth[place]!, prediction: predictions[place]!, row: fileRows[place]! }
  })
}
