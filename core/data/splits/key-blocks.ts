/** Rows of each key, in the order in which keys come first; rows without a key (NaN) are in none. */
export function blocksOf(keys: Float64Array): { key: number; rows: number[] }[] {
  const blocks = new Map<number, number[]>()
  keys.forEach((key, row) => {
    if (Number.isNaN(key)) return
    const known = blocks.get(key)
    if (known) known.push(row)
    else blocks.set(key, [row])
  })
  return [...blocks].map(([key, rows]) => ({ key, rows }))
}
