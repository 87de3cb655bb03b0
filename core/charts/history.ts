import { epochPosition } from '../training/epoch-position'
import type { ChangeEvent, EpochEvent, Measured, StepEvent, TrainingEvent } from '../training/events'

/** A batch's loss at its place between epochs: 2.5 is half way through the third. */
export interface BatchPoint {
  readonly epoch: number
  readonly loss: number
  readonly learningRate: number
}

/** What the curves of a run are drawn from. */
export interface RunHistory {
  /** `loss` first, then the metrics in the order of the run. */
  readonly metrics: readonly string[]
  readonly epochs: readonly EpochEvent[]
  /** The latest batches, where they were kept. */
  readonly batches: readonly BatchPoint[]
  /** Settings that changed on the way. */
  readonly changes: readonly ChangeEvent[]
}

export const emptyHistory: RunHistory = { metrics: ['loss'], epochs: [], batches: [], changes: [] }

/** Where a step lies on the axis of epochs. */
export const batchPoint = (event: StepEvent): BatchPoint => ({
  epoch: epochPosition(event),
  loss: event.loss,
  learningRate: event.learningRate,
})

/** The history that a list of events tells. */
export function toHistory(events: Iterable<TrainingEvent>): RunHistory {
  let metrics: readonly string[] = ['loss']
  const epochs: EpochEvent[] = []
  const batches: BatchPoint[] = []
  const changes: ChangeEvent[] = []
  for (const event of events) {
    if (event.type === 'start') ({ metrics } = event)
    else if (event.type === 'step') batches.push(batchPoint(event))
    else if (event.type === 'change') changes.push(event)
    else if (event.type === 'epoch') epochs.push(event)
    else if (event.type === 'measured') addMeasured(epochs, event)
  }
  return { metrics, epochs, batches, changes }
}

/** Puts metrics that were told later where they belong. */
export function addMeasured(epochs: EpochEvent[], { epoch, train, validation }: Measured): void {
  // Epochs are counted from 1, but a list may be a part of them.
  for (let i = Math.min(epochs.length, epoch) - 1; i >= 0; i--) {
    const event = epochs[i]!
    if (event.epoch === epoch) epochs[i] = { ...event, train, validation }
    if (event.epoch <= epoch) return
  }
}

/** Whether a metric of an epoch was measured; the loss always is. */
export const isMeasured = ({ train, validation }: EpochEvent, metric: string): boolean =>
  metric in train || (validation !== null && metric in validation)

/** The epoch whose weights were the best so far, or nothing before the first. */
export function bestEpoch(epochs: readonly EpochEvent[]): EpochEvent | undefined {
  for (let i = epochs.length - 1; i >= 0; i--) if (epochs[i]!.best) return epochs[i]
  return undefined
}
