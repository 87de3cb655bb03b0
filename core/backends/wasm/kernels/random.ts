import { copyRow } from './copy'

const PARITY: u32 = 0x1bd11bda

/**
 * Threefry-2x32 with 20 rounds on four counters at once: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3" (2011). Writes the first words of the four results, then the second words, to `words`.
 */
function threefry4(words: usize, key0: u32, key1: u32, counter0: v128, counter1: v128): void {
  let current = key0
  let next = key1
  let afterNext = key0 ^ key1 ^ PARITY
  let a = i32x4.add(counter0, i32x4.splat(current))
  let b = i32x4.add(counter1, i32x4.splat(next))
  for (let group = 1; group <= 5; group++) {
    const odd = group & 1
    a = i32x4.add(a, b)
    b = v128.xor(turn(b, odd ? 13 : 17), a)
    a = i32x4.add(a, b)
    b = v128.xor(turn(b, odd ? 15 : 29), a)
    a = i32x4.add(a, b)
    b = v128.xor(turn(b, odd ? 26 : 16), a)
    a = i32x4.add(a, b)
    b = v128.xor(turn(b, odd ? 6 : 24), a)
    a = i32x4.add(a, i32x4.splat(next))
    b = i32x4.add(b, i32x4.splat(afterNext + group))
    const first = current
    current = next
    next = afterNext
    afterNext = first
  }
  v128.store(words, a)
  v128.store(words, b, 16)
}

function turn(v: v128, by: i32): v128 {
  return v128.or(i32x4.shl(v, by), i32x4.shr_u(v, 32 - by))
}

/** The 24 high bits as a fraction in [0, 1). */
function toFraction(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(word, 8)), f32x4.splat(5.9604644775390625e-8))
}

/**
 * y[i] = word (i & 1) of threefry(subkey, [i >> 1, 0]) as a fraction, with subkey = threefry(key, [stream, step]).
 * `scratch` has room for eight numbers.
 */
export function random(y: usize, n: i32, scratch: usize, stream: i32, key0: i32, key1: i32, step: i32): void {
  threefry4(scratch, key0, key1, i32x4.splat(stream), i32x4.splat(step))
  const subkey0 = load<u32>(scratch)
  const subkey1 = load<u32>(scratch, 16)
  let counter = i32x4(0, 1, 2, 3)
  for (let i = 0; i < n; i += 8) {
    threefry4(scratch, subkey0, subkey1, counter, i32x4.splat(0))
    const even = toFraction(v128.load(scratch))
    const odd = toFraction(v128.load(scratch, 16))
    const target = i + 8 <= n ? y : scratch
    v128.store(target, v128.shuffle<f32>(even, odd, 0, 4, 1, 5))
    v128.store(target, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16)
    if (target != y) copyRow(scratch, y, n - i)
    counter = i32x4.add(counter, i32x4.splat(4))
    y += 32
  }
}
