// Cells of number columns that are neither a plain number nor a marker: the host decides what they are.

/** Bytes of an entry: column, row, address, length. */
const ENTRY: usize = 16

let entries: usize = 0
let room: u32 = 0
let count: u32 = 0

export function clearOddCells(): void {
  count = 0
}

export function oddCount(): u32 {
  return count
}

/** Where the odd cells of this text stand: column, row within the text, address and length of each (u32). */
export function oddEntries(): usize {
  return entries
}

export function addOddCell(column: i32, row: i32, start: usize, end: usize): void {
  if (count == room) {
    room = max<u32>(256, room * 2)
    const wider = heap.alloc(<usize>room * ENTRY)
    memory.copy(wider, entries, <usize>count * ENTRY)
    entries = wider
  }
  const entry = entries + <usize>count * ENTRY
  count++
  store<u32>(entry, column)
  store<u32>(entry, row, 4)
  store<u32>(entry, <u32>start, 8)
  store<u32>(entry, <u32>(end - start), 12)
}
