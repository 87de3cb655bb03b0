import { constants, setPriority } from 'node:os'

/**
 * Lets the window, and whatever else the person does, go before this thread. On Linux this is the calling thread's own
 * affair; elsewhere it is the process's, which here is the engine alone. Where it is not allowed, nothing changes.
 */
export function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Some systems let nobody change priorities: training works as well without.
  }
}
