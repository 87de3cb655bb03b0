import { figure, isShare, metricText, percent } from '../metrics/metric-text'
import type { Spread } from './spread'

/** How the spread of a metric is told: `93.3 ± 2.1 %`, `0.1204 ± 0.03110`. */
export interface SpreadLine {
  readonly label: string
  /** What stands after ±. */
  readonly after: (spread: Spread) => number | null
}

export const spreadLines: readonly SpreadLine[] = [
  { label: 'mean ± sd', after: ({ deviation }) => deviation },
  { label: 'mean ± 95 %', after: ({ halfWidth }) => halfWidth },
]

/** The mean, and what its line puts after it where that is defined. */
export function spreadText(name: string, spread: Spread, { after }: SpreadLine): string {
  const around = after(spread)
  if (around === null) return metricText(name, spread.mean)
  return isShare(name)
    ? `${percent(spread.mean).replace(' %', '')} ± ${percent(around)}`
    : `${figure(spread.mean)} ± ${figure(around)}`
}
