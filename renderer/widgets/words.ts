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

/** A list of numbers, or one number, as it stands in a form: `8, 8, 1`. */
export const numbersInWords = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'number' || typeof value === 'string'
      ? `${value}`
      : ''

/** `8, 8, 1` as numbers; the text itself, for a form to refuse, where one is missing or is none. */
export function numbersFrom(text: string): number[] | string {
  const parts = text.split(',').map((part) => part.trim())
  const numbers = parts.map(Number)
  return parts.every((part, i) => part !== '' && Number.isFinite(numbers[i])) ? numbers : text
}

/** A list of words, or one word, as it stands in a form: `low, mid, high`. */
export const listInWords = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''

/** `low, mid, high` as words; a word that may stand in the place of a list as it is. */
export function wordsFrom(text: string, instead: readonly string[] = []): string[] | string {
  if (instead.includes(text.trim())) return text.trim()
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
