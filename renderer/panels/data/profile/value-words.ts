import type { ColumnSummary } from '../../../../core/data/prepared'
import { shortNumber } from '../../../widgets/words'

const day = 86_400_000

/** A number of a column as a person reads it: days of a date column as dates. */
export function valueWords(type: ColumnSummary['type'], value: number | undefined, digits = 5): string {
  if (value === undefined) return '–'
  return type === 'date' ? new Date(value * day).toISOString().slice(0, 10) : shortNumber(value, digits)
}

export const percentWords = (share: number): string =>
  share > 0 && share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`
