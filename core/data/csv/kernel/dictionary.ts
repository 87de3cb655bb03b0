// What is counted of each column: its distinct cells, each with a code in the order of its first row, and missing numbers.

import { width } from './settings'

/** Bytes of a column's record: slots, mask, entries, count, room, missing. */
const COLUMN: usize = 24
/** Bytes of an entry: hash, address, length, first row. */
const ENTRY: usize = 16
const FIRST_ROOM: u32 = 64
const SEGMENT: usize = 1 << 16

let columns: usize = 0
let arena: usize = 0
let arenaEnd: usize = 0

export function startDictionaries(): void {
  columns = heap.alloc(<usize>width * COLUMN)
  memory.fill(columns, 0, <usize>width * COLUMN)
}

function recordOf(column: i32): usize {
  return columns + <usize>column * COLUMN
}

export function levelCount(column: i32): u32 {
  return load<u32>(recordOf(column), 12)
}

/** Where the entries of a column stand: hash, address, length and first row of each (u32). */
export function levelEntries(column: i32): usize {
  return load<u32>(recordOf(column), 8)
}

export function countMissing(column: i32): void {
  const record = recordOf(column)
  store<u32>(record, load<u32>(record, 20) + 1, 20)
}

export function missingCount(column: i32): u32 {
  return load<u32>(recordOf(column), 20)
}

/** The code of a cell, which is new or not. */
export function codeOf(column: i32, start: usize, end: usize, row: u32): u32 {
  const dictionary = recordOf(column)
  let count = load<u32>(dictionary, 12)
  if (count >= load<u32>(dictionary, 16)) widen(dictionary, count)
  const length = <u32>(end - start)
  const hash = hashOf(start, length)
  const slots = <usize>load<u32>(dictionary)
  const mask = load<u32>(dictionary, 4)
  const entries = <usize>load<u32>(dictionary, 8)
  let slot = hash & mask
  while (true) {
    const code = load<u32>(slots + ((<usize>slot) << 2))
    if (code == 0) {
      store<u32>(slots + ((<usize>slot) << 2), count + 1)
      const entry = entries + <usize>count * ENTRY
      store<u32>(entry, hash)
      store<u32>(entry, <u32>keep(start, length), 4)
      store<u32>(entry, length, 8)
      store<u32>(entry, row, 12)
      store<u32>(dictionary, count + 1, 12)
      return count
    }
    const entry = entries + <usize>(code - 1) * ENTRY
    if (
      load<u32>(entry) == hash &&
      load<u32>(entry, 8) == length &&
      isSame(load<u32>(entry, 4), start, length)
    )
      return code - 1
    slot = (slot + 1) & mask
  }
}

function isSame(a: usize, b: usize, length: u32): bool {
  while (length >= 8) {
    if (load<u64>(a) != load<u64>(b)) return false
    a += 8
    b += 8
    length -= 8
  }
  return ((load<u64>(a) ^ load<u64>(b)) & lowBytes(length)) == 0
}

/** Eight bytes at a time, the last ones without what stands behind them. */
function hashOf(p: usize, length: u32): u32 {
  let hash: u64 = length
  while (length >= 8) {
    hash = mix(hash ^ load<u64>(p))
    p += 8
    length -= 8
  }
  hash = mix(hash ^ (load<u64>(p) & lowBytes(length)))
  return <u32>hash
}

function lowBytes(count: u32): u64 {
  return ((<u64>1) << ((<u64>count) << 3)) - 1
}

/** Steele, Lea and Flood's mixing of 64 bits (SplitMix). */
function mix(hash: u64): u64 {
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb
  return hash ^ (hash >> 31)
}

/** Copies a cell to where it stays. */
function keep(start: usize, length: u32): usize {
  if (arena + length + 8 > arenaEnd) {
    const size = max(SEGMENT, <usize>length + 8)
    arena = heap.alloc(size)
    arenaEnd = arena + size
  }
  const kept = arena
  memory.copy(kept, start, length)
  arena += length
  return kept
}

/** Room for twice as many; at most half of the slots are taken. */
function widen(dictionary: usize, count: u32): void {
  const room = max(FIRST_ROOM, count * 2)
  const entries = heap.alloc(<usize>room * ENTRY)
  memory.copy(entries, load<u32>(dictionary, 8), <usize>count * ENTRY)
  const slots = heap.alloc(<usize>room * 8)
  memory.fill(slots, 0, <usize>room * 8)
  const mask = room * 2 - 1
  for (let code: u32 = 0; code < count; code++) {
    let slot = load<u32>(entries + <usize>code * ENTRY) & mask
    while (load<u32>(slots + ((<usize>slot) << 2))) slot = (slot + 1) & mask
    store<u32>(slots + ((<usize>slot) << 2), code + 1)
  }
  store<u32>(dictionary, <u32>slots)
  store<u32>(dictionary, mask, 4)
  store<u32>(dictionary, <u32>entries, 8)
  store<u32>(dictionary, room, 16)
}
