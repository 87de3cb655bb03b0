import { percent } from '../metrics/metric-text'
const minus = (text: string): string => text.replace(/-/g, '−')

/**
 * A number as people read it: at most `digits` significant figures, powers of ten for the very large and small, a
 * true minus sign, and a dash where there is no value.
 */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e9) return minus(trimExponent(value.toExponential(Math.max(digits - 2, 0))))
  const whole = size >= 10 ** digits
  return minus(whole ? String(Math.round(value)) : String(Number(value.toPrecision(digits))))
}

const trimExponent = (text: string): string => text.replace(/\.?0+e/, 'e').replace('e+', 'e')

/** A share from 0 to 1 as a percentage with one decimal; a relative error may be far above one: `1.16e7 %`. */
export const formatShare = (share: number | null | undefined): string =>
  share === null || share === undefined || !Number.isFinite(share) ? '–' : percent(share).replace('e+', 'e')

/** "1 row", "2 rows". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
