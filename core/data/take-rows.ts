/** The rows that stand at the given places. */
export function takeRows(rows: Uint32Array, places: Uint32Array): Uint32Array {
  const taken = new Uint32Array(places.length)
  for (let i = 0; i < taken.length; i++) taken[i] = rows[places[i]!]!
  return taken
}
