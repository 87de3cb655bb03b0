/** A name of the experiment file as people read it: `most-frequent` -> `Most frequent`. */
export function wordsOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A number for a table cell: six figures at most, no exponent where one can do without. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential(2)
  return value.toLocaleString('en', { maximumSignificantDigits: 5 })
}
