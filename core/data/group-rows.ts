import { isCoded, type Column } from './table'

/**
 * For each row the place, in `rows`, of the first row with the same cells in all the columns; missing cells are alike.
 * Exact: rows whose hash is the same are compared. [rows.length]
 */
export function groupRows(columns: readonly Column[], rows: Uint32Array): Uint32Array {
  const hashes = hashRows(columns, rows)
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, rows.length * 2)))
  const firsts = new Uint32Array(rows.length)
  /** Open addressing; 0 is empty, else a place in `rows` plus 1. */
  const slots = new Uint32Array(size)
  const readers = columns.map(cellsOf)
  for (let i = 0; i < rows.length; i++) {
    let slot = hashes[i]! & (size - 1)
    for (;;) {
      const taken = slots[slot]!
      if (taken === 0) {
        slots[slot] = i + 1
        firsts[i] = i
        break
      }
      if (hashes[taken - 1] === hashes[i] && areAlike(readers, rows[taken - 1]!, rows[i]!)) {
        firsts[i] = taken - 1
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  return firsts
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
  const number = new Float64Array(1)
  const words = new Uint32Array(number.buffer)
  for (let i = 0; i < rows.length; i++) {
    // Adding 0 makes one zero of both.
    number[0] = values[rows[i]!]! + 0
    hashes[i] = mix(mix(hashes[i]!, words[0]!), words[1]!)
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
