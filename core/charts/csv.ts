import type { ChartTable } from './chart'

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A chart's numbers as CSV after RFC 4180, in full precision; no value is an empty cell. */
export const toCsv = ({ header, rows }: ChartTable): string =>
  [header, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('')
