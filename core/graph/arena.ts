/** A stretch of memory for one tensor (and its views, and what is computed in place on it). */
export interface Storage {
  /** `arena`, or the name of a persistent buffer. */
  readonly buffer: string
  readonly size: number
  /** Positions of the first writing and the last reading call. */
  first: number
  last: number
  /** Set by `assignPlaces`. */
  offset: number
  /** Not shared with anything, since it is filled from outside. */
  readonly keep?: 'always'
}

/** Places begin on cache lines of 64 bytes (16 float32 numbers). */
const ALIGNMENT = 16

/** So many numbers, and those up to the next place. */
export const roundUp = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT

/**
 * Gives each storage its offset so that no two that live at one time overlap: largest first, each at the lowest place
 * that is free for its whole life. Returns the elements needed in all.
 */
export function assignPlaces(storages: readonly Storage[]): number {
  const placed: Storage[] = []
  let total = 0
  for (const storage of [...storages].sort((a, b) => b.size - a.size)) {
    storage.offset = lowestFree(storage, placed)
    placed.push(storage)
    total = Math.max(total, storage.offset + roundUp(storage.size))
  }
  return total
}

function lowestFree(storage: Storage, placed: readonly Storage[]): number {
  const neighbours = placed
    .filter((other) => other.first <= storage.last && storage.first <= other.last)
    .sort((a, b) => a.offset - b.offset)
  let offset = 0
  for (const other of neighbours) {
    if (offset + storage.size <= other.offset) break
    offset = Math.max(offset, other.offset + roundUp(other.size))
  }
  return offset
}
