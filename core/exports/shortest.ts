/** Six digits always survive float32; the smallest numbers, with fewer bits, can need less. */
const safeDigits = 6
const smallestNormal = 2 ** -126

/** The shortest decimal that reads back as the same float32: 0.1, not 0.10000000149011612. Keeps the sign of -0. */
export function shortestFloat32(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return '-0'
  const first = Math.abs(value) < smallestNormal ? 1 : safeDigits
  for (let digits = first; digits < 9; digits++) {
    const near = Number(value.toPrecision(digits))
    if (Math.fround(near) === value) return String(near)
  }
  return String(Number(value.toPrecision(9)))
}
