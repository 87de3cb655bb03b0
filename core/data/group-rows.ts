import { isCoded, type Column } from './table'

/**
 * For each row the place, in `rows`, of the first row with the same cells in all the columns; missing cells are alike.
 * Exact: rows whose hash is the same are compared. [rows.length]
 */
export function groupRows(columns: readonly Column[], rows: Uint32Array): Uint32Array {
  const hashes = hashRows(columns, rows)
  const firsts = new Uint32Array(rows.length)
  const readers = columns.map(cellsOf)
  const { places, starts } = partition(hashes)
  const most = starts.reduce((size, start, i) => Math.max(size, (starts[i + 1] ?? start) - start), 0)
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2, most * 2))))
  for (let part = 0; part + 1 < starts.length; part++) {
    const own = places.subarray(starts[part], starts[part + 1])
    groupPart(own, hashes, slots.fill(0), firsts, (a, b) => areAlike(readers, rows[a]!, rows[b]!))
  }
  return firsts
}

/** Rows that are looked up together: a table of them stays in the processor's cache. */
const partRows = 4096

/** Places of the rows by the top bits of their hash; each part keeps their order. */
function partition(hashes: Uint32Array): { places: Uint32Array; starts: Uint32Array } {
  const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, hashes.length / partRows))))
  const starts = new Uint32Array(2 ** bits + 1)
  for (let i = 0; i < hashes.length; i++) starts[(hashes[i]! >>> (32 - bits)) + 1]!++
  for (let part = 1; part < starts.length; part++) starts[part]! += starts[part - 1]!
  const next = starts.slice()
  const places = new Uint32Array(hashes.length)
  for (let i = 0; i < hashes.length; i++) places[next[hashes[i]! >>> (32 - bits)]!++] = i
  return { places, starts }
}

/** Open addressing in `slots`: 0 is empty, else a place plus 1. */
function groupPart(
  places: Uint32Array,
  hashes: Uint32Array,
  slots: Uint32Array,
  firsts: Uint32Array,
  isAlike: (a: number, b: number) => boolean,
): void {
  const mask = slots.length - 1
  for (let k = 0; k < places.length; k++) {
    const i = places[k]!
    let slot = hashes[i]! & mask
    for (;;) {
      const taken = slots[slot]!
      if (taken === 0) {
        slots[slot] = i + 1
        firsts[i] = i
        break
      }
      if (hashes[taken - 1] === hashes[i] && isAlike(taken - 1, i)) {
        firsts[i] = taken - 1
        break
      }
      slot = (slot + 1) & mask
    }
  }
}

const cellsOf = (column: Column): Int32Array | Float64Array =>
  isCoded(column) ? column.codes : column.values

const areAlike = (columns: readonly (Int32Array | Float64Array)[], a: number, b: number): boolean =>
  columns.every((cells) => Object.is(cells[a], cells[b]) || cells[a] === cells[b])

function hashRows(columns: readonly Column[], rows: Uint32Array): Uint32Array {
  const hashes = new Uint32Array(rows.length)
  for (const column of columns)
    if (isCoded(column)) hashCodes(hashes, column.codes, rows)
    else hashNumbers(hashes, column.values, rows)
  return hashes
}

function hashCodes(hashes: Uint32Array, codes: Int32Array, rows: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) hashes[i] = mix(hashes[i]!, codes[rows[i]!]!)
}

function hashNumbers(hashes: Uint32Array, values: Float64Array, rows: Uint32Array): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!
    const low = words[2 * rows[i]!]!
    const high = words[2 * rows[i]! + 1]!
    // Both zeros are one number, and all that are none are alike, whatever their bits.
    const isPlain = value === value && value !== 0
    hashes[i] = mix(hashes[i]!, isPlain ? low ^ Math.imul(high, 0x9e37_79b1) : value === 0 ? 1 : 2)
  }
}

/** Murmur's mixing of one more word into a hash (A. Appleby, MurmurHash3, public domain). */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e_2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b87_3593)
  const h = hash ^ k
  const mixed = Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64
  return (mixed ^ (mixed >>> 16)) >>> 0
}
