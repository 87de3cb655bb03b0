// How the file is written and what is wanted of each column. `kernel-settings.ts` of the table
// reader writes these bytes.

/** What is done with the cells of a column. */
export const SKIP: u8 = 0
export const NUMBER: u8 = 1
export const WORDS: u8 = 2

const NEVER: u32 = 256

let delimiterLength: i32 = 1
let delimiterFirst: u32 = 44
let delimiterAll: u32 = 44
let delimiterMask: u32 = 255

/** No byte equals 256, so a mark that is not in use is never met. */
export let quote: u32 = NEVER
export let escape: u32 = NEVER
export let decimal: u32 = 46
/** The decimal mark for cells whose end is not known: none, where the delimiter begins with the same byte. */
export let openDecimal: u32 = 46
/** Spaces between a delimiter and an opening quote do not count. */
export let skipSpaces: bool = false
/** A marker of missing cells is a number too, so that the markers are looked at first. */
export let markersFirst: bool = false

let comment: usize = 0
let commentLength: i32 = 0

let markers: usize = 0
let markerCount: i32 = 0

export let width: i32 = 0
/** One byte for each column; the host may set a column to `SKIP` on the way. */
export let kinds: usize = 0

function optional(mark: u32): u32 {
  return mark == 0 ? NEVER : mark
}

/**
 * Layout: delimiter length, delimiter (4 bytes), quote, escape, decimal (each 0 for none), spaces, markers first,
 * comment length, comment (8 bytes), number of markers; from byte 20 the width (u32), then a kind for each column, then
 * the markers, each with its length before it, in lower case.
 */
export function readSettings(at: usize): void {
  delimiterLength = load<u8>(at)
  delimiterAll = load<u32>(at, 1)
  delimiterMask = delimiterLength == 4 ? 0xffffffff : (1 << (delimiterLength << 3)) - 1
  delimiterFirst = delimiterAll & 255
  quote = optional(load<u8>(at, 5))
  escape = optional(load<u8>(at, 6))
  decimal = load<u8>(at, 7)
  openDecimal = decimal == delimiterFirst ? NEVER : decimal
  skipSpaces = load<u8>(at, 8) != 0
  markersFirst = load<u8>(at, 9) != 0
  commentLength = load<u8>(at, 10)
  comment = at + 11
  markerCount = load<u8>(at, 19)
  width = load<u32>(at, 20)
  kinds = at + 24
  markers = kinds + width
}

/** Bytes of the delimiter that stands here, 0 where there is none. */
export function delimiterAt(p: usize): i32 {
  return (load<u32>(p) & delimiterMask) == delimiterAll ? delimiterLength : 0
}

export function firstOfDelimiter(): u32 {
  return delimiterFirst
}

export function isComment(p: usize): bool {
  if (commentLength == 0) return false
  for (let i = 0; i < commentLength; i++) if (load<u8>(p + i) != load<u8>(comment + i)) return false
  return true
}

/** Whether a cell is one of the markers; upper and lower case of the 26 letters are the same. */
export function isMarker(start: usize, end: usize): bool {
  const length = <i32>(end - start)
  let at = markers
  for (let i = 0; i < markerCount; i++) {
    const size = <i32>load<u8>(at)
    if (size == length && isSame(start, at + 1, length)) return true
    at += 1 + size
  }
  return false
}

function isSame(cell: usize, marker: usize, length: i32): bool {
  for (let i = 0; i < length; i++) {
    let byte = load<u8>(cell + i)
    if (byte >= 65 && byte <= 90) byte += 32
    if (byte != load<u8>(marker + i)) return false
  }
  return true
}
