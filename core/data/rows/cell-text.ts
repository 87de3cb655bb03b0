import { isCoded, type Column } from '../table'

/** A cell as a person reads it: numbers in full, dates as year-month-day with the time where there is one; null is missing. */
export function cellText(column: Column, row: number): string | null {
  if (isCoded(column)) return column.levels[column.codes[row]!] ?? null
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return column.labels?.[value === 1 ? 1 : 0] ?? String(value)
  return column.type === 'date' ? dateText(value) : String(value)
}

const milliseconds = 86_400_000

function dateText(days: number): string {
  const date = new Date(Math.round(days * milliseconds))
  if (Number.isNaN(date.getTime())) return String(days)
  const text = date.toISOString()
  if (Number.isInteger(days)) return text.slice(0, 10)
  return text.slice(0, 19).replace('T', ' ')
}
