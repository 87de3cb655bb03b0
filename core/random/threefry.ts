const parity = 0x1bd11bda
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const

/**
 * Threefry-2x32 with 20 rounds: (key, counter) -> two unsigned 32-bit words. A bijection of the counter for each
 * key, so a stream needs no state but a count.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.1.
 */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const keys = [key0 | 0, key1 | 0, parity ^ key0 ^ key1]
  let a = (counter0 + keys[0]!) | 0
  let b = (counter1 + keys[1]!) | 0
  for (let group = 1; group <= 5; group++) {
    const first = group % 2 ? 0 : 4
    for (let i = first; i < first + 4; i++) {
      const turn = rotations[i]!
      a = (a + b) | 0
      b = ((b << turn) | (b >>> (32 - turn))) ^ a
    }
    a = (a + keys[group % 3]!) | 0
    b = (b + keys[(group + 1) % 3]! + group) | 0
  }
  return [a >>> 0, b >>> 0]
}
