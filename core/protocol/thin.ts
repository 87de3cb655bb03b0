import type { EpochEvent, TrainingEvent } from '../training/events'

/** Most events of a kind that are left. */
export interface Thinning {
  readonly steps: number
  /** Beside those whose metrics were measured, and the best and the last one. */
  readonly epochs: number
}

/**
 * Leaves so many steps and epochs, evenly taken and always the last one; epochs that have more to say than their loss stay,
 * and so does every other event, all in their order.
 */
export function thin(
  events: readonly TrainingEvent[],
  { steps, epochs }: Thinning,
): readonly TrainingEvent[] {
  const best = lastBest(events)
  const isPlain = (event: TrainingEvent): boolean =>
    event.type === 'epoch' && event !== best && !saysMore(event)
  const fewSteps = evenly(events, (event) => event.type === 'step', steps)
  return evenly(fewSteps, isPlain, epochs)
}

function lastBest(events: readonly TrainingEvent[]): TrainingEvent | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i]!
    if (event.type === 'epoch' && event.best) return event
  }
  return undefined
}

/** Whether it has more than its loss. */
export const saysMore = ({ train }: EpochEvent): boolean => {
  for (const name in train) if (name !== 'loss') return true
  return false
}

function evenly(
  events: readonly TrainingEvent[],
  isOne: (event: TrainingEvent) => boolean,
  limit: number,
): readonly TrainingEvent[] {
  const count = events.reduce((sum, event) => sum + (isOne(event) ? 1 : 0), 0)
  if (count <= limit) return events
  let seen = 0
  return events.filter((event) => {
    if (!isOne(event)) return true
    seen++
    // Keeps those at which the running share seen * limit / count passes a whole number: the last always does.
    return Math.floor((seen * limit) / count) > Math.floor(((seen - 1) * limit) / count)
  })
}
