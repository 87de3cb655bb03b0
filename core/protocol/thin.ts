import type { TrainingEvent } from '../training/events'

/**
 * Leaves at most `limit` step events, evenly taken and always the last one; every other event stays, in its order.
 */
export function thinSteps(events: readonly TrainingEvent[], limit: number): readonly TrainingEvent[] {
  const steps = events.reduce((count, event) => count + (event.type === 'step' ? 1 : 0), 0)
  if (steps <= limit) return events
  let seen = 0
  return events.filter((event) => {
    if (event.type !== 'step') return true
    seen++
    // Keeps the steps at which the running share seen * limit / steps passes a whole number: the last always does.
    return Math.floor((seen * limit) / steps) > Math.floor(((seen - 1) * limit) / steps)
  })
}
