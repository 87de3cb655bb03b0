/** Bytes from `address` on. */
export interface Span {
  readonly address: number
  readonly bytes: number
}

export const overlap = (a: Span, b: Span): boolean =>
  a.address < b.address + b.bytes && b.address < a.address + a.bytes

const covers = (whole: Span, part: Span): boolean =>
  whole.address <= part.address && part.address + part.bytes <= whole.address + whole.bytes

/** What a call reads and the one place that it writes. */
export interface MemoryUse {
  readonly reads: readonly Span[]
  readonly write: Span
}

/** Whether the numbers in `span` are read by a later call before they are overwritten, or kept for after the run. */
export function isReadLater(span: Span, later: readonly MemoryUse[], kept: readonly Span[]): boolean {
  for (const use of later) {
    if (use.reads.some((read) => overlap(read, span))) return true
    if (covers(use.write, span)) return false
  }
  return kept.some((place) => overlap(place, span))
}
