/** The first `count` (1 to 3) lanes of `v`, for the end of a row whose size is not a multiple of four. */
export function storePart(address: usize, v: v128, count: i32): void {
  if (count & 2) {
    v128.store64_lane(address, v, 0)
    if (count & 1) v128.store32_lane(address, v, 2, 8)
  } else {
    v128.store32_lane(address, v, 0)
  }
}

/** Four lanes or, at the end of a row, fewer. */
export function storeLanes(address: usize, v: v128, count: i32): void {
  if (count >= 4) v128.store(address, v)
  else storePart(address, v, count)
}

/** The magnitude of `a` with the sign of `b`. */
export function copySign(a: v128, b: v128): v128 {
  return v128.bitselect(b, a, i32x4.splat(i32.MIN_VALUE))
}
