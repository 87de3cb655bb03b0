/** A name of the experiment file as people read it: `most-frequent` -> `Most frequent`. */
export function wordsOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A number for a table cell: whole numbers whole, others with `digits` figures, an exponent only for extremes. */
export function shortNumber(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential(Math.max(1, digits - 3))
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return value.toLocaleString('en', { maximumSignificantDigits: digits })
}
