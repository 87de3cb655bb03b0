import type { CliContext } from './context'

/** Threads that one training uses. */
export const usedThreads = 1

/** Tells when fewer threads are used than asked for; the result has the same bits either way. */
export function noteThreads(context: CliContext, asked: number | undefined): number {
  if (asked !== undefined && asked > usedThreads)
    context.note('One training uses one thread; the result does not depend on their number.')
  return usedThreads
}
