import { metrics } from './registry'

/** A number with four digits that count; an empty value is a dash. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3)
  return value.toFixed(Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(size)))))
}

/** A share of one as a percentage: `97.3 %`; a relative error may be far above one: `1.16e+7 %`. */
export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const hundredths = value * 100
  return `${Math.abs(hundredths) < 1e5 ? hundredths.toFixed(1) : hundredths.toExponential(2)} %`
}

/** True for a metric that people read as a percentage. */
export const isShare = (name: string): boolean => metrics.has(name) && metrics.get(name).share

/** A metric's name for people; `loss` is one too. */
export const metricLabel = (name: string): string =>
  metrics.has(name) ? metrics.get(name).label : name === 'loss' ? 'Loss' : name

/** One metric's value as people read it: a percentage where it is a share. */
export const metricText = (name: string, value: number | null | undefined): string =>
  isShare(name) ? percent(value) : figure(value)
