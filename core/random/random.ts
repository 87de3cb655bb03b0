/**
 * A seeded stream of random numbers: counter-based (Threefry-2x32, 20 rounds; Salmon et al. 2011), so that a stream's
 * whole state is a key and a count, and a part of the program can be given a stream of its own without shifting
 * any other.
 */
export interface Random {
  /** Two unsigned 32-bit words. */
  readonly key: readonly [number, number]
  /** The next unsigned 32-bit word. */
  word(): number
  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number
  /** Standard normal, by the polar method with an own logarithm, so that the bits are the same everywhere. */
  normal(): number
  /** Whole number in [0, bound), without bias. */
  integer(bound: number): number
  /** A shuffled 0 .. count-1 (Fisher-Yates). */
  permutation(count: number): Uint32Array
  /** An independent stream; the same label always gives the same one, however much was drawn here. */
  split(label: string | number): Random
}
