// The text that is worked on, and where its numbers and codes are put. The host writes the bytes.

import { useScratch } from './cell'

/** Bytes behind the text that may be read. */
const BEYOND: usize = 32

export let text: usize = 0
let room: usize = 0
let scratch: usize = 0

export let output: usize = 0
let outputRoom: usize = 0

/** Makes room for so many bytes of text and tells where it is to be written; what stood there is lost. */
export function makeRoom(bytes: usize): usize {
  if (bytes > room) {
    room = bytes
    text = heap.alloc(bytes + BEYOND)
    // Each copied cell takes eight bytes more than its own, and had at least four: two quotes and an escape.
    scratch = heap.alloc(bytes * 3 + BEYOND)
  }
  return text
}

/** Ends the text with a line break, as one may be missing. */
export function endText(length: usize): usize {
  useScratch(scratch)
  const end = text + length
  memory.fill(end, 0, BEYOND)
  store<u8>(end, 10)
  return end
}

/** Room for 8 bytes a cell: column after column, each `rows` long (of codes, each takes half of its place). */
export function makeOutput(cells: usize): usize {
  if (cells > outputRoom) {
    outputRoom = cells
    output = heap.alloc(cells << 3)
  }
  return output
}

export function settingsRoom(bytes: usize): usize {
  return heap.alloc(bytes)
}
