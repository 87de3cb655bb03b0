import type { MetricKind, Scored } from './metric'
import { metrics } from './registry'

/** The metrics that fit a target, in the order people see them. */
export const metricsFor = (target: Pick<Scored['target'], 'type'>): MetricKind[] =>
  metrics.list.filter((metric) => metric.targets.includes(target.type))

/** Every metric that fits, by its type; null where it is not defined, and all of them when a prediction is no number. */
export function score(scored: Scored): Record<string, number | null> {
  const broken = isBroken(scored.predictions)
  const values: Record<string, number | null> = {}
  for (const metric of metricsFor(scored.target)) {
    const value = broken ? NaN : metric.compute(scored)
    values[metric.type] = Number.isFinite(value) ? value : null
  }
  return values
}

/** One of these metrics alone. */
export function scoreOne(type: string, scored: Scored): number | null {
  const value = isBroken(scored.predictions) ? NaN : metrics.get(type).compute(scored)
  return Number.isFinite(value) ? value : null
}

function isBroken(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return true
  return false
}
