/**
 * P(|T| <= t) of Student's t with a whole number of degrees of freedom, t >= 0: the finite sums of Abramowitz & Stegun,
 * "Handbook of Mathematical Functions", 1964, equations 26.7.3 (odd) and 26.7.4 (even).
 */
export function studentWithin(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees))
  const cos = Math.cos(theta)
  const odd = degrees % 2 === 1
  let term = odd ? cos : 1
  let sum = degrees === 1 ? 0 : term
  for (let n = odd ? 3 : 2; n < degrees; n += 2) {
    term *= ((n - 1) / n) * cos * cos
    sum += term
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

/** The t with P(|T| <= t) = `share`, 0 < share < 1, found by halving: 0.95 and 4 degrees give 2.776. */
export function studentBound(share: number, degrees: number): number {
  let high = 1
  while (studentWithin(high, degrees) < share) high *= 2
  let low = high === 1 ? 0 : high / 2
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentWithin(middle, degrees) < share) low = middle
    else high = middle
  }
  return high
}
