import { metricLabel, metricText } from '../../metrics/metric-text'
import { splitNames, type SplitName } from '../../data/prepared'
import type { MetricValues } from '../../training/events'
import { textTable } from './text-table'

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
