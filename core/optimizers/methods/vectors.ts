/** Float64 vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** x + t d */
export const along = (x: Float64Array, t: number, d: Float64Array): Float64Array =>
  x.map((value, i) => value + t * d[i]!)

export const difference = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, i) => value - b[i]!)

/** max |a_i| */
export const largest = (a: Float64Array): number =>
  a.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Σ |a_i| */
export const absoluteSum = (a: Float64Array): number => a.reduce((sum, value) => sum + Math.abs(value), 0)
