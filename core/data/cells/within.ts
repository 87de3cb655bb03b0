import { isCoded, type Column } from '../table'
import type { ReadingRule } from './rewrite'

/** The column with numbers beyond the limits as missing cells; words have no limits. */
export function keepWithin(column: Column, limits: ReadingRule['within']): Column {
  if (!limits || isCoded(column)) return column
  const { low = -Infinity, high = Infinity } = limits
  return { ...column, values: column.values.map((value) => (value < low || value > high ? NaN : value)) }
}
