// Where cells begin and end. Behind the last byte of a text stand a line break and 16 bytes more that may be read.

import { delimiterAt, escape, firstOfDelimiter, isComment, quote, skipSpaces } from './settings'

const TAB: u32 = 9
const LINE_FEED: u32 = 10
const CARRIAGE_RETURN: u32 = 13
const SPACE: u32 = 32

/** The content of the cell that `boundCell` went over. */
export let contentStart: usize = 0
export let contentEnd: usize = 0

/** Bytes that are copied to leave out escapes; as long as the text, and empty again for each text. */
let scratch: usize = 0

export function useScratch(at: usize): void {
  scratch = at
}

export function isLineBreak(byte: u32): bool {
  return byte == LINE_FEED || byte == CARRIAGE_RETURN
}

export function isBlank(byte: u32): bool {
  return byte == SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN && !isLineBreak(byte))
}

/** Behind the line break that stands here. */
export function afterLineBreak(p: usize): usize {
  return p + (load<u8>(p) == CARRIAGE_RETURN && load<u8>(p, 1) == LINE_FEED ? 2 : 1)
}

/** The next line break, or quote if `stop` is the quote. */
export function findLineEnd(p: usize, stop: u32): usize {
  const feed = i8x16.splat(<i8>LINE_FEED)
  const carriage = i8x16.splat(<i8>CARRIAGE_RETURN)
  const other = i8x16.splat(<i8>(stop == 256 ? LINE_FEED : stop))
  while (true) {
    const bytes = v128.load(p)
    const found = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, feed), i8x16.eq(bytes, carriage)), i8x16.eq(bytes, other)),
    )
    if (found) return p + ctz(found)
    p += 16
  }
}

/** The start of the next record: lines of nothing but spaces and comments are left out. `end` where there is none. */
export function nextRecord(p: usize, end: usize): usize {
  while (p < end) {
    let q = p
    while (q < end && isBlank(load<u8>(q)) && !delimiterAt(q)) q++
    if (q >= end) return end
    if (isLineBreak(load<u8>(q))) p = afterLineBreak(q)
    else if (isComment(p)) p = afterLineBreak(findLineEnd(p, 256))
    else return p
  }
  return end
}

/** What is wrong with a quote: it is not closed where the text ends, or something stands behind the closing one. */
export const UNCLOSED: i32 = 1
export const STRAY: i32 = 2
export let quoteFault: i32 = 0

/** Goes over the cell that begins at `p`: to the delimiter or line break after it, or 0 where a quote is not closed well. */
export function boundCell(p: usize, end: usize): usize {
  if (load<u8>(p) == quote) return boundQuoted(p + 1, end)
  if (skipSpaces) {
    let q = p
    while (isBlank(load<u8>(q)) && !delimiterAt(q)) q++
    if (load<u8>(q) == quote) return boundQuoted(q + 1, end)
  }
  contentStart = p
  contentEnd = endOfPlain(p)
  return contentEnd
}

function endOfPlain(p: usize): usize {
  const feed = i8x16.splat(<i8>LINE_FEED)
  const carriage = i8x16.splat(<i8>CARRIAGE_RETURN)
  const delimiter = i8x16.splat(<i8>firstOfDelimiter())
  while (true) {
    const bytes = v128.load(p)
    let found = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, feed), i8x16.eq(bytes, carriage)), i8x16.eq(bytes, delimiter)),
    )
    while (found) {
      const at = p + ctz(found)
      if (delimiterAt(at) || isLineBreak(load<u8>(at))) return at
      found &= found - 1
    }
    p += 16
  }
}

/** `p` is behind the opening quote. */
function boundQuoted(p: usize, end: usize): usize {
  contentStart = p
  let escapes = 0
  while (true) {
    const byte: u32 = load<u8>(p)
    if (p >= end) {
      quoteFault = UNCLOSED
      return 0
    }
    if (byte == quote && !(escape == quote && load<u8>(p, 1) == quote && p + 1 < end)) break
    if (byte == escape) {
      escapes++
      p++
    }
    p++
  }
  contentEnd = p
  if (escapes) leaveOutEscapes()
  p++
  while (isBlank(load<u8>(p)) && !delimiterAt(p)) p++
  if (delimiterAt(p) || isLineBreak(load<u8>(p))) return p
  // The text may end within a delimiter, and go on.
  quoteFault = p + 4 > end ? UNCLOSED : STRAY
  return 0
}

/** Copies the content without the marks that make the next byte stand for itself. */
function leaveOutEscapes(): void {
  const start = scratch
  let to = scratch
  for (let from = contentStart; from < contentEnd; from++) {
    if (load<u8>(from) == escape) from++
    store<u8>(to++, load<u8>(from))
  }
  contentStart = start
  contentEnd = to
  scratch = to + 8
}
