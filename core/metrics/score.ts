import { partType, splitUnits } from '../data/target-parts'
import { meanOfDefined } from './classes'
import type { MetricKind, Scored } from './metric'
import { metrics } from './registry'

type Values = Record<string, number | null>

/** The metrics that fit a target, in the order people see them. */
export const metricsFor = (target: Pick<Scored['target'], 'type'>): MetricKind[] =>
  metrics.list.filter((metric) => isOfWhole(metric, target) || metric.targets.includes(partType(target)))

const isOfWhole = (metric: MetricKind, { type }: Pick<Scored['target'], 'type'>): boolean =>
  metric.targets.includes(type)

/**
 * Every metric that fits, by its type; null where it is not defined, and all of them when a prediction is no number.
 * @param values takes them, beside what it has
 */
export function score(scored: Scored, values: Values = {}): Values {
  const broken = isBroken(scored.predictions)
  // Part by part, as all metrics of one are made from the same count.
  const parts = broken ? [] : scoredParts(scored).map((part) => score(part))
  for (const metric of metricsFor(scored.target)) {
    const value = broken
      ? NaN
      : isOfWhole(metric, scored.target)
        ? metric.compute(scored)
        : meanOfDefined(parts.map((part) => part[metric.type] ?? NaN))
    values[metric.type] = Number.isFinite(value) ? value : null
  }
  return values
}

/** One of these metrics alone. */
export function scoreOne(type: string, scored: Scored): number | null {
  const metric = metrics.get(type)
  const value = isBroken(scored.predictions)
    ? NaN
    : isOfWhole(metric, scored.target)
      ? metric.compute(scored)
      : meanOfDefined(scoredParts(scored).map((part) => scoreOne(type, part) ?? NaN))
  return Number.isFinite(value) ? value : null
}

/** Predictions and truth of each of several columns; nothing for a target of one. */
export function scoredParts(scored: Scored): Scored[] {
  const { target, rows, predictions, truth } = scored
  if (!('parts' in target)) return []
  const truths = splitUnits(truth, target)
  return splitUnits(predictions, target).map(({ part, values }, i) => ({
    ...{ target: part, rows, units: 1, predictions: values, truth: truths[i]!.values },
    ...(target.type === 'labels' && { isLabel: true }),
  }))
}

function isBroken(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return true
  return false
}
