import { availableParallelism } from 'node:os'

/** More threads have nothing to do in networks of the sizes that fit a table. */
const MOST = 8

/** Threads for one training. Of more than two that a computer runs at once, half are often the other halves of the same cores. */
export function usualThreads(): number {
  const atOnce = availableParallelism()
  return Math.min(MOST, atOnce > 2 ? Math.ceil(atOnce / 2) : atOnce)
}
