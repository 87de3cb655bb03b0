/** Where a quarter, half and three quarters of the values lie below. */
export interface Quartiles {
  readonly first: number
  readonly median: number
  readonly third: number
}

/** By straight lines between neighbours, definition 7 of Hyndman & Fan 1996, as numpy and R have it. At least one value. */
export function quartiles(values: readonly number[]): Quartiles {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const low = Math.floor(place)
    const next = sorted[Math.min(low + 1, sorted.length - 1)]!
    return sorted[low]! + (place - low) * (next - sorted[low]!)
  }
  return { first: at(0.25), median: at(0.5), third: at(0.75) }
}
