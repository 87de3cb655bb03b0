/** Gaps of Shell's sort. Source: Ciura, “Best increments for the average case of Shellsort”, 2001. */
const gaps = [301, 132, 57, 23, 10, 4, 1]

/** From so many keys on, counting them by their bits is quicker; measured. */
const MANY = 400

/** Bits of a key that are counted at a time, so that three rounds do for all 32. */
const BITS = 11
const MASK = (1 << BITS) - 1

let scratch = new Uint32Array()
const counts = new Uint32Array(1 << BITS)

/**
 * Sorts whole numbers below 2^32 in place, from the smallest. Several times faster than the arrays' own `sort`, which is
 * slow to begin with few, and compares many.
 */
export function sortKeys(keys: Uint32Array): Uint32Array {
  if (keys.length < MANY) sortFew(keys)
  else sortMany(keys)
  return keys
}

function sortFew(keys: Uint32Array): void {
  for (const gap of gaps)
    for (let i = gap; i < keys.length; i++) {
      const key = keys[i]!
      let to = i
      for (; to >= gap && keys[to - gap]! > key; to -= gap) keys[to] = keys[to - gap]!
      keys[to] = key
    }
}

function sortMany(keys: Uint32Array): void {
  if (scratch.length < keys.length) scratch = new Uint32Array(keys.length)
  const other = scratch.subarray(0, keys.length)
  round(keys, other, 0)
  round(other, keys, BITS)
  round(keys, other, 2 * BITS)
  keys.set(other)
}

/** Puts `from` into `to` in the order of some bits; equal ones stay as they were. */
function round(from: Uint32Array, to: Uint32Array, shift: number): void {
  counts.fill(0)
  for (let i = 0; i < from.length; i++) counts[(from[i]! >>> shift) & MASK]!++
  let start = 0
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit]!
    counts[digit] = start
    start += count
  }
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!
    to[counts[(key >>> shift) & MASK]!++] = key
  }
}
