import { usualPace } from '../../protocol/session'
import { yieldToMessages } from '../worker/yield-to-messages'
import type { CliContext } from './context'

/**
 * Pulls events in time slices, so that a Ctrl-C is heard between two. False when it was: the rest is not pulled.
 * What the events throw, it throws.
 */
export async function pullGently<T>(
  context: Pick<CliContext, 'clock' | 'onInterrupt'>,
  events: Generator<T, void, void>,
  take: (event: T) => void,
  stopping: () => void = () => undefined,
): Promise<boolean> {
  let stopped = false
  const release = context.onInterrupt(() => {
    stopped = true
    stopping()
  })
  try {
    let since = context.clock()
    for (const event of events) {
      take(event)
      if (stopped) return false
      if (context.clock() - since < usualPace.slice) continue
      await yieldToMessages()
      if (stopped) return false
      since = context.clock()
    }
    return true
  } finally {
    release()
  }
}
