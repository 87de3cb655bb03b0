/**
 * At most `most` of the rows, in their order: one from each of as many equal stretches, at a place in it that is the same
 * each time but follows no period that the rows may have.
 */
export function sampleRows(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows
  const stretch = rows.length / most
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i + fraction(i)) * stretch)]!)
}

/** A number from 0 to 1 that looks as if it were drawn (the golden ratio's multiples modulo 1, scrambled once). */
function fraction(i: number): number {
  const mixed = Math.imul(i + 1, 0x9e37_79b1)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000
}
