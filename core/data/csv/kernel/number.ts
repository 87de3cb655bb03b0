// Numbers from their digits. Exact where it says so: a whole number below 2^53, multiplied or divided by a power of ten
// that is a double itself (up to 10^22), is rounded once and therefore right (W. D. Clinger, "How to read floating point
// numbers accurately", 1990). All other cells are left to the host.

const EXACT_BITS: u64 = 1 << 53
const EXACT_POWER: i32 = 22
/** More digits may not fit 64 bits. */
const MOST_DIGITS: usize = 19

const powers = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
  1e20, 1e21, 1e22,
])

/** What `readNumber` read. */
export let value: f64 = 0

/** Reads a number from `p` on and tells where it ends; 0 where there is none, or none that is exact here. */
export function readNumber(p: usize, decimal: u32): usize {
  let byte: u32 = load<u8>(p)
  const negative = byte == 45
  if (negative || byte == 43) byte = load<u8>(++p)
  let mantissa: u64 = 0
  const first = p
  while (byte - 48 < 10) {
    mantissa = mantissa * 10 + (byte - 48)
    byte = load<u8>(++p)
  }
  let digits = p - first
  let exponent = 0
  if (byte == decimal) {
    byte = load<u8>(++p)
    const fraction = p
    while (byte - 48 < 10) {
      mantissa = mantissa * 10 + (byte - 48)
      byte = load<u8>(++p)
    }
    exponent = <i32>(fraction - p)
    digits += p - fraction
  }
  if (digits == 0 || digits > MOST_DIGITS || mantissa >= EXACT_BITS) return 0
  if ((byte | 32) == 101) {
    p = readExponent(p + 1)
    if (p == 0) return 0
    exponent += exponentRead
  }
  let read = <f64>mantissa
  if (exponent < 0) {
    if (exponent < -EXACT_POWER) return 0
    read /= load<f64>(powers + ((<usize>-exponent) << 3))
  } else if (exponent > 0) {
    if (exponent > EXACT_POWER) return 0
    read *= load<f64>(powers + ((<usize>exponent) << 3))
  }
  value = negative ? -read : read
  return p
}

let exponentRead: i32 = 0

function readExponent(p: usize): usize {
  let byte: u32 = load<u8>(p)
  const negative = byte == 45
  if (negative || byte == 43) byte = load<u8>(++p)
  const first = p
  let read = 0
  while (byte - 48 < 10) {
    read = min(read * 10 + (byte - 48), 9999)
    byte = load<u8>(++p)
  }
  exponentRead = negative ? -read : read
  return p == first ? 0 : p
}
