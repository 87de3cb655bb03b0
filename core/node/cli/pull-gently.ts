import { pullInSlices } from '../../protocol/pull-in-slices'
import { usualPace } from '../../protocol/session'
import { yieldToMessages } from '../worker/yield-to-messages'
import type { CliContext } from './context'

/**
 * Pulls events in time slices, so that a Ctrl-C is heard between two. False when it was: the rest is not pulled.
 * What the events throw, it throws.
 */
export async function pullGently<T>(
  { clock, onInterrupt }: Pick<CliContext, 'clock' | 'onInterrupt'>,
  events: Generator<T, void, void>,
  take: (event: T) => void,
  stopping: () => void = () => undefined,
): Promise<boolean> {
  let stopped = false
  const release = onInterrupt(() => {
    stopped = true
    stopping()
  })
  try {
    const host = { clock, yieldControl: yieldToMessages }
    return await pullInSlices(events, take, host, usualPace.slice, () => stopped)
  } finally {
    release()
  }
}
