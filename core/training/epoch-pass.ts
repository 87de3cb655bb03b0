import { copyNumbers } from './batch'
import type { Pass } from './evaluator'
import type { Step } from './stepper'

/** What the training batches of an epoch show, batch after batch. Used again for each epoch, so that its place is kept. */
export class EpochPass {
  /** First of the rows that are still to come. */
  next = 0
  private units = 0
  private predictions = new Float64Array()
  private total = 0
  private weight = 0

  begin(rows: number, units: number): void {
    if (this.predictions.length !== rows * units) this.predictions = new Float64Array(rows * units)
    this.units = units
    this.next = this.total = this.weight = 0
  }

  /** The next `count` rows. */
  add({ predictions, loss, weight }: Step, count: number): void {
    copyNumbers(predictions, count * this.units, this.predictions, this.next * this.units)
    this.total += loss * weight
    this.weight += weight
    this.next += count
  }

  /** Of the rows so far. */
  shown(): Pass {
    return { loss: this.total / this.weight, predictions: this.predictions }
  }
}
