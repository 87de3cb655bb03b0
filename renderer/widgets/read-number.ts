/** A number as people write it: `0.01`, `1e-3`, `0,01`. Nothing for anything else. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace('−', '-')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** The next value for the arrow keys: integers by one, others by a tenth of their own magnitude, so 0.01 -> 0.011. */
export function nudge(value: number, direction: 1 | -1, integer: boolean, big: boolean): number {
  const step = integer ? 1 : value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1)
  return Number((value + direction * step * (big ? 10 : 1)).toPrecision(12))
}
