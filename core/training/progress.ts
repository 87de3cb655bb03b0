import type { ScheduleMoment } from '../schedules/schedule'
import type { Step } from './stepper'

/** How far a training is: what is counted of its epochs, batches, updates and costs. */
export class Progress {
  /** Epochs done. */
  epoch = 0
  /** Batches done of the epoch under way, and the updates that they made. */
  batch = 0
  private updatesOfEpoch = 0
  /** Batches done of all epochs. */
  step = 0
  /** Fewer than steps where gradients of several batches make one update. */
  updates = 0
  /** Of the epoch under way, at the batch size that it has now. */
  stepsPerEpoch = 0
  /** Counted nanoseconds of the epoch under way. */
  cost = 0

  /** Of the batch that comes next, or was the last: epoch and batch from 1, and batches of the epoch. */
  place(batch: number): { readonly epoch: number; readonly batch: number; readonly batches: number } {
    return { epoch: this.epoch + 1, batch, batches: this.stepsPerEpoch }
  }

  /** A step was taken. @param cost counted nanoseconds */
  took({ updated }: Step, cost: number): void {
    this.step++
    this.batch++
    this.cost += cost
    if (!updated) return
    this.updates++
    this.updatesOfEpoch++
  }

  /** The epoch under way has ended. */
  endEpoch(): void {
    this.epoch++
    this.batch = this.updatesOfEpoch = 0
  }

  /**
   * Steps are counted as if the batch size had always been what it is now, so that a change of it leaves the schedule where
   * it was. A schedule's time begins with the epoch that it was set for.
   * @param batches that make an update @param epochs of the whole training @param scheduledAt epochs that were done when the schedule in force began
   */
  moment(batches: number, epochs: number, scheduledAt: number): ScheduleMoment {
    const stepsPerEpoch = Math.ceil(this.stepsPerEpoch / batches)
    const epoch = this.epoch - scheduledAt
    const step = epoch * stepsPerEpoch + this.updatesOfEpoch
    return { epoch, epochs: epochs - scheduledAt, step, stepsPerEpoch }
  }
}
