/**
 * Solves A x = b for a symmetric matrix A [n, n], row-major, of which only the lower triangle is read; null where A is not
 * positive definite in float64. Source: Golub and Van Loan, “Matrix Computations”, 4th edition, algorithm 4.2.1.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | null {
  const n = b.length
  const lower = factor(a, n)
  if (!lower) return null
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i]! -= lower[i * n + j]! * x[j]!
    x[i]! /= lower[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= lower[j * n + i]! * x[j]!
    x[i]! /= lower[i * n + i]!
  }
  return x
}

/** L with L Lᵀ = A */
function factor(a: Float64Array, n: number): Float64Array | null {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else return null
    }
  }
  return lower
}
