// Where records begin and end, and how many there are.

import { afterLineBreak, boundCell, findLineEnd, isLineBreak, nextRecord, quoteFault } from './cell'
import { delimiterAt, quote } from './settings'
import { endText, text } from './text'

/** Whole records that the last survey found. */
export let records: u32 = 0
/** What is wrong with a quote of the record after them: 0 nothing, 1 it is not closed, 2 something stands behind it. */
export let fault: i32 = 0

/**
 * Goes over the whole records of the text, at most `most`, and tells how many bytes they take. `last`: the text ends here,
 * so that its last record needs no line break.
 */
export function survey(length: usize, last: bool, most: u32): usize {
  const end = endText(length)
  let p = text
  records = 0
  fault = 0
  while (p < end && records < most) {
    const start = nextRecord(p, end)
    if (start >= end) return last ? length : p - text
    let stop = findLineEnd(start, quote)
    if (stop < end && load<u8>(stop) == quote) stop = endOfRecord(start, end)
    if (stop == 0) fault = quoteFault
    // A line break that is the last byte may be the first half of one.
    if (stop == 0 || (!last && stop + 1 >= end)) return start - text
    records++
    p = min(afterLineBreak(stop), end)
  }
  return p - text
}

/** The line break after the record that begins here; 0 where a quote is not closed well. */
export function endOfRecord(p: usize, end: usize): usize {
  while (true) {
    p = boundCell(p, end)
    if (p == 0 || isLineBreak(load<u8>(p))) return p
    p += delimiterAt(p)
  }
}
