import type { Scored } from './metric'
import { once } from './once'
import { sortKeys } from './sort-keys'

/** What the order of the scores says about one class against the rest. */
export interface RankAreas {
  /** NaN without rows on both sides. */
  readonly roc: number
  /** NaN where no row has the class. */
  readonly precisionRecall: number
}

/**
 * Of the second of two classes, or of each of several. Scores are told apart as float32, in which networks compute, and as
 * whole numbers of the same order, which sort several times faster.
 */
export const rankAreas = once((scored: Scored): RankAreas[] => {
  const { rows, units } = scored
  const [hits, misses] = [new Uint32Array(rows), new Uint32Array(rows)]
  const areas: RankAreas[] = []
  for (let unit = 0; unit < units; unit++) {
    const count = partScores(scored, unit, hits, misses)
    areas.push(areasOf(sortKeys(hits.subarray(0, count)), sortKeys(misses.subarray(0, rows - count))))
  }
  return areas
})

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** Keys of the rows that have the class, and of those that do not. Gives how many have it. */
function partScores(
  { rows, units, predictions, truth }: Scored,
  unit: number,
  hits: Uint32Array,
  misses: Uint32Array,
): number {
  let count = 0
  for (let row = 0, at = unit; row < rows; row++, at += units) {
    // Adding 0 makes -0 and 0 one. The bits of floats are in their order, those of negative ones in reverse.
    float[0] = predictions[at]! + 0
    const key = bits[0]! ^ ((bits[0]! >> 31) | 0x80000000)
    if (truth[at]! > 0.5) hits[count++] = key
    else misses[row - count] = key
  }
  return count
}

/**
 * The threshold goes down through the sorted scores; rows of equal score pass it together. Each time the precision is weighed
 * by what was gained in recall, and the hits are given the mean of the ranks, from 1 at the lowest score, of their group.
 * With the sum R of the ranks of n hits among m misses, the area under the ROC curve is (R - n (n + 1) / 2) / (n m).
 */
function areasOf(hits: Uint32Array, misses: Uint32Array): RankAreas {
  const [positives, negatives] = [hits.length, misses.length]
  const rows = positives + negatives
  let [hit, miss] = [positives, negatives]
  let [weighed, rankSum] = [0, 0]
  while (hit > 0) {
    const score = hits[hit - 1]!
    while (miss > 0 && misses[miss - 1]! > score) miss--
    const before = positives - hit + negatives - miss
    const gained = hit
    while (hit > 0 && hits[hit - 1] === score) hit--
    while (miss > 0 && misses[miss - 1] === score) miss--
    const found = positives - hit
    const passed = found + negatives - miss
    weighed += (gained - hit) * (found / passed)
    rankSum += ((gained - hit) * (rows - passed + 1 + rows - before)) / 2
  }
  return {
    roc: (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives),
    precisionRecall: weighed / positives,
  }
}
