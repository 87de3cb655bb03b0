import { formatNumber, formatShare } from '../../core/charts/format'
import { metrics } from '../../core/metrics/registry'

export { metricLabel } from '../../core/metrics/metric-text'

export const metricHelp = (name: string): string =>
  name === 'loss' ? 'What training makes small.' : metrics.has(name) ? metrics.get(name).help : ''

/** Four figures with their zeros, so that numbers under each other line up: `1.000`, `56.10`; small ones no longer: `7.04e−4`. */
function fixedDigits(value: number | null | undefined): string {
  const size = Math.abs(value ?? NaN)
  if (size > 0 && size < 1e-3) return value!.toExponential(2).replaceAll('-', '−')
  return size >= 1e-3 && size < 1e4 ? value!.toPrecision(4).replace('-', '−') : formatNumber(value)
}

/** A metric's value: a percentage where people read it so. */
export function metricText(name: string, value: number | null | undefined): string {
  const share = metrics.has(name) && metrics.get(name).share
  return share ? formatShare(value) : fixedDigits(value)
}
