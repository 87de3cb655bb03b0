export type DecimalMark = '.' | ','

export interface NumberMarks {
  readonly decimal: DecimalMark
  /** Between groups of three digits: nothing for none, a space for spaces of any width; left out, each of them. */
  readonly thousands?: ThousandsMark | undefined
}

export type ThousandsMark = '' | ',' | '.' | ' ' | "'"

const plain = {
  '.': /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
  ',': /^[+-]?(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?$/i,
}

/** Digits in groups of three, all with the same mark between them. */
const grouped = {
  '.': /^[+-]?\d{1,3}(?=([,' \u00a0\u2009\u202f’]))(?:\1\d{3})+(?:\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(?=([.' \u00a0\u2009\u202f’]))(?:\1\d{3})+(?:,\d+)?$/,
}

/**
 * Reads a cell as a number; NaN where it is none. Understands an exponent, marks between thousands, the long minus
 * sign, and a percent sign, which is left out (12 % is 12). Infinity and hexadecimal are not numbers of a table.
 */
export function parseNumber(cell: string, decimal: DecimalMark, thousands?: ThousandsMark): number {
  if (decimal === '.' && plain['.'].test(cell)) return finite(cell)
  const text = clean(cell)
  if (plain[decimal].test(text)) return finite(decimal === ',' ? text.replace(',', '.') : text)
  const mark = grouped[decimal].exec(text)?.[1]
  if (mark === undefined || (thousands !== undefined && markOf(mark) !== thousands)) return NaN
  return finite(text.replaceAll(mark, '').replace(',', '.'))
}

/** Spaces and apostrophes are written in several ways. */
const markOf = (letter: string): string =>
  letter === '’' ? "'" : letter === ',' || letter === '.' || letter === "'" ? letter : ' '

function clean(cell: string): string {
  let text = cell.trim()
  if (text.endsWith('%')) text = text.slice(0, -1).trimEnd()
  return text.startsWith('−') ? `-${text.slice(1)}` : text
}

function finite(text: string): number {
  const value = Number(text)
  return Number.isFinite(value) && !losesDigits(text, value) ? value : NaN
}

/** True for whole numbers longer than a double keeps: such cells are names, and two of them would become the same. */
const losesDigits = (text: string, value: number): boolean =>
  Math.abs(value) > Number.MAX_SAFE_INTEGER &&
  /^[+-]?\d+$/.test(text) &&
  BigInt(text.replace('+', '')) !== BigInt(value)
