import type { MetricKind, Scored } from './metric'
import { metrics } from './registry'

/** The metrics that fit a target, in the order people see them. */
export const metricsFor = (target: Pick<Scored['target'], 'type'>): MetricKind[] =>
  metrics.list.filter((metric) => metric.targets.includes(target.type))

/** Every metric that fits, by its type; null where it is not defined, and all of them when a prediction is no number. */
export function score(scored: Scored): Record<string, number | null> {
  const broken = scored.predictions.some((value) => !Number.isFinite(value))
  return Object.fromEntries(
    metricsFor(scored.target).map((metric) => {
      const value = broken ? NaN : metric.compute(scored)
      return [metric.type, Number.isFinite(value) ? value : null]
    }),
  )
}
