import { log } from '../numerics/log'
import type { Random } from './random'
import { threefry, threefryInto } from './threefry'

type Words = readonly [number, number]

const twoTo32 = 2 ** 32
/** Draws count below 2^63, so that a child's key can never be a number that its parent draws. */
const splitMark = 0x80000000

/**
 * The stream of a seed.
 * @param seed a whole number from 0 to 2^53 - 1
 * @throws RangeError for any other seed
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed ${seed} is not a whole number from 0`)
  return streamOf([seed >>> 0, Math.floor(seed / twoTo32)])
}

function streamOf(key: Words): Random {
  const words: WordBlock = { key, block: new Uint32Array(2), at: 2, count: 0 }
  const word = (): number => nextWord(words)
  const uniform = (): number => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53
  return {
    key,
    word,
    uniform,
    normal: () => polar(uniform),
    integer: (bound) => belowBound(words, bound),
    permutation: (count) => shuffled(words, count),
    split: (label) => streamOf(childKey(key, String(label))),
  }
}

/** Where a stream is: each block of the counter gives two words. Plain data, as words that closures return are boxed. */
interface WordBlock {
  readonly key: Words
  readonly block: Uint32Array
  /** The next word of the block; 2 when all are drawn. */
  at: number
  /** Blocks so far. */
  count: number
}

function nextWord(words: WordBlock): number {
  if (words.at === 2) nextBlock(words)
  return words.block[words.at++]!
}

function nextBlock(words: WordBlock): void {
  const [key0, key1] = words.key
  threefryInto(words.block, key0, key1, words.count >>> 0, Math.floor(words.count / twoTo32))
  words.count++
  words.at = 0
}

/** Words of the last, incomplete round of `bound` numbers are drawn again, so that all are equally likely. */
function belowBound(words: WordBlock, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > twoTo32)
    throw new RangeError(`bound ${bound} is not a whole number from 1 to 2^32`)
  let drawn = nextWord(words)
  // Only a word this near the top can belong to the incomplete round; the exact limit is seldom needed.
  while (drawn > twoTo32 - bound && drawn >= twoTo32 - (twoTo32 % bound)) drawn = nextWord(words)
  return remainder(drawn, bound)
}

/** a mod b for whole numbers below 2^32; several times faster than %, which is slow beyond 2^31. */
function remainder(a: number, b: number): number {
  const rest = a - Math.floor(a / b) * b
  return rest < 0 ? rest + b : rest < b ? rest : rest - b
}

/**
 * A point (u, v) drawn evenly from the unit disc gives u sqrt(-2 ln s / s), s = u^2 + v^2. Its twin with v is
 * dropped, so that a stream's state stays a key and a count.
 * Source: Marsaglia and Bray, SIAM Review 6 (1964), pp. 260-264.
 */
function polar(uniform: () => number): number {
  for (;;) {
    const u = 2 * uniform() - 1
    const v = 2 * uniform() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s)
  }
}

/** Fisher-Yates; Knuth, The Art of Computer Programming 2, section 3.4.2, algorithm P. */
function shuffled(words: WordBlock, count: number): Uint32Array {
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  for (let i = count - 1; i > 0; i--) {
    const j = belowBound(words, i + 1)
    const moved = order[i]!
    order[i] = order[j]!
    order[j] = moved
  }
  return order
}

function childKey([key0, key1]: Words, label: string): Words {
  const [hash0, hash1] = hashOf(label)
  return threefry(key0, key1, hash0, (hash1 | splitMark) >>> 0)
}

/** 64 bits of a label: its length, then its UTF-16 units two at a time, each keyed by all that came before. */
function hashOf(label: string): Words {
  let hash = threefry(0, 0, label.length, 0)
  for (let i = 0; i < label.length; i += 2)
    hash = threefry(hash[0], hash[1], label.charCodeAt(i), label.charCodeAt(i + 1) || 0)
  return hash
}
