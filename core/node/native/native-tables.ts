import type { Address } from './ort-api'

/** Numbers that native code reads, at a place that does not move: V8 moves small arrays that it made by itself. */
export const fixedBytes = (length: number): Uint8Array => new Uint8Array(new ArrayBuffer(length))

export function addressTable(addresses: readonly Address[]): BigUint64Array {
  const table = new BigUint64Array(new ArrayBuffer(addresses.length * 8))
  table.set(addresses)
  return table
}

/** Texts in C's form, one after the other, and where each begins. */
export function textTable(texts: readonly string[]): { bytes: Uint8Array; starts: number[] } {
  const encoded = texts.map((text) => Buffer.from(`${text}\0`))
  const bytes = fixedBytes(encoded.reduce((sum, { length }) => sum + length, 0))
  let start = 0
  const starts = encoded.map((text) => {
    bytes.set(text, start)
    start += text.length
    return start - text.length
  })
  return { bytes, starts }
}
