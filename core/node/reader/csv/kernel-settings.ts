import { LabError } from '../../../errors/lab-error'
import { parseNumber, type DecimalMark } from '../../../data/cells/number'
import type { Dialect } from '../../../data/csv/dialect'

/** What the kernel does with the cells of a column: as in the kernel's `settings.ts`. */
export const cellKinds = { skip: 0, number: 1, words: 2 } as const
export type CellKind = keyof typeof cellKinds

/** All that the kernel needs to know to read a file. */
export interface KernelSettings {
  readonly dialect: Dialect
  readonly decimal: DecimalMark
  /** Cells that count as missing in columns of numbers. */
  readonly missing: readonly string[]
  /** One for each column. */
  readonly kinds: readonly CellKind[]
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

/** Where the kinds of the columns begin. */
export const kindsAt = 24

/**
 * The settings as bytes, laid out as the kernel's `settings.ts` reads them. Markers with letters beyond ASCII are left out: such
 * cells are odd ones, which the host decides on.
 * @throws LabError `bad-dialect` for marks that the kernel cannot look for
 */
export function encodeSettings({ dialect, decimal, missing, kinds }: KernelSettings): Uint8Array {
  const [delimiter, comment] = [utf8(dialect.delimiter), utf8(dialect.comment ?? '')]
  checkMarks(dialect, delimiter, comment)
  const { markers, first } = sortMarkers(missing, decimal)
  const bytes = new Uint8Array(
    kindsAt + kinds.length + markers.reduce((sum, { length }) => sum + 1 + length, 0),
  )
  bytes[0] = delimiter.length
  bytes.set(delimiter, 1)
  bytes[5] = codeOf(dialect.quote)
  bytes[6] = codeOf(dialect.quote && (dialect.escape ?? dialect.quote))
  bytes[7] = codeOf(decimal)
  bytes[8] = dialect.spaces === 'skip' ? 1 : 0
  bytes[9] = first ? 1 : 0
  bytes[10] = comment.length
  bytes.set(comment, 11)
  bytes[19] = markers.length
  new DataView(bytes.buffer).setUint32(20, kinds.length, true)
  bytes.set(
    kinds.map((kind) => cellKinds[kind]),
    kindsAt,
  )
  let at = kindsAt + kinds.length
  for (const marker of markers) {
    bytes[at] = marker.length
    bytes.set(utf8(marker), at + 1)
    at += 1 + marker.length
  }
  return bytes
}

const codeOf = (mark: string): number => (mark === '' ? 0 : mark.charCodeAt(0))

/** Markers in lower case, those that are numbers first; whether there are such. */
function sortMarkers(
  missing: readonly string[],
  decimal: DecimalMark,
): { markers: string[]; first: boolean } {
  const known = [...new Set(missing.map((marker) => marker.trim().toLowerCase()))].filter(
    (marker) => marker !== '' && isAscii(marker) && marker.length < 256,
  )
  const isNumber = (marker: string): boolean => !Number.isNaN(parseNumber(marker, decimal))
  const numbers = known.filter(isNumber)
  const words = known.filter((marker) => !isNumber(marker))
  return { markers: [...numbers, ...words].slice(0, 255), first: numbers.length > 0 }
}

function checkMarks({ quote, escape = '' }: Dialect, delimiter: Uint8Array, comment: Uint8Array): void {
  if (delimiter.length < 1 || delimiter.length > 4) refuse('delimiter', 'of 1 to 4 bytes in UTF-8')
  if (!isAscii(quote)) refuse('quote', 'that is one of the 128 letters of ASCII')
  if (!isAscii(escape)) refuse('escape', 'that is one of the 128 letters of ASCII')
  if (comment.length > 8) refuse('comment', 'of at most 8 bytes in UTF-8')
}

function refuse(setting: string, what: string): never {
  throw new LabError({
    code: 'bad-dialect',
    expected: `a ${setting} ${what}`,
    came: 'another one',
    advice: 'Choose another mark in the CSV settings, or save the table with another one.',
    place: { path: `data.csv.${setting}` },
  })
}
