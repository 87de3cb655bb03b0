/** A float64 taken apart, and put together, by its bits: `DataView` fixes the byte order on every machine. */
const view = new DataView(new ArrayBuffer(8))

/** x = mantissa * 2^exponent with 1 <= |mantissa| < 2, for finite x other than 0. Exact. */
export function splitFloat(x: number): { mantissa: number; exponent: number } {
  const subnormal = Math.abs(x) < 2 ** -1022
  view.setFloat64(0, subnormal ? x * 2 ** 54 : x)
  const high = view.getUint32(0)
  const exponent = ((high >>> 20) & 0x7ff) - 1023
  view.setUint32(0, (high & 0x800fffff) | 0x3ff00000)
  return { mantissa: view.getFloat64(0), exponent: subnormal ? exponent - 54 : exponent }
}

/** 2^exponent, for whole exponents from -1022 to 1023. */
function powerOfTwo(exponent: number): number {
  view.setUint32(0, (exponent + 1023) << 20)
  view.setUint32(4, 0)
  return view.getFloat64(0)
}

/** x * 2^exponent. Exact but for over- and underflow; in steps, as a factor of its own can be out of range. */
export function scaleFloat(x: number, exponent: number): number {
  let result = x
  let rest = Math.max(-2200, Math.min(2200, exponent))
  for (; rest > 1000; rest -= 1000) result *= powerOfTwo(1000)
  for (; rest < -1000; rest += 1000) result *= powerOfTwo(-1000)
  return result * powerOfTwo(rest)
}
