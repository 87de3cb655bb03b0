import { metrics as metricKinds } from '../../metrics/registry'
import { splitNames, type SplitName } from '../../data/prepared'
import type { MetricValues } from '../../training/events'
import { textTable } from './text-table'
import { figure, percent } from './words'

/** One metric's value as people read it. */
export function metricText(name: string, value: number | null | undefined): string {
  return metricKinds.has(name) && metricKinds.get(name).share ? percent(value) : figure(value)
}

export const metricLabel = (name: string): string =>
  metricKinds.has(name) ? metricKinds.get(name).label : name === 'loss' ? 'Loss' : name

/** Metrics down, splits across; splits without rows are left out. */
export function metricsTable(values: Readonly<Record<SplitName, MetricValues | null>>): string {
  const splits = splitNames.filter((split) => values[split])
  const names = [...new Set(splits.flatMap((split) => Object.keys(values[split] ?? {})))]
  const rows = names.map((name) => [
    metricLabel(name),
    ...splits.map((split) => metricText(name, values[split]?.[name])),
  ])
  return textTable(['', ...splits], rows)
}
