import type { Numbers } from '../backends/backend'
import { copyNumbers } from './batch'
import type { Pass } from './evaluator'
import type { Step } from './stepper'

/** What the batches of an epoch show, batch after batch. Used again for later epochs, so that its place is kept. */
export class EpochPass {
  /** The epoch, from 1; 0 before it has ended. */
  epoch = 0
  /** In the order in which they are trained on. */
  rows: Uint32Array = new Uint32Array()
  /** First of the rows that are still to come. */
  next = 0
  /** Of the validation rows after the epoch; null without any. */
  validation: Pass | null = null
  /** Whether its metrics have been told. */
  measured = false
  private units = 0
  private predictions: Numbers = new Float32Array()
  private total = 0
  private weight = 0

  begin(rows: Uint32Array, units: number): void {
    this.rows = rows
    this.units = units
    this.validation = null
    this.measured = false
    this.epoch = this.next = this.total = this.weight = 0
  }

  /** The next `count` rows. */
  add({ predictions, loss, weight }: Step, count: number): void {
    const from = this.next * this.units
    const used = count * this.units
    this.place(predictions).set(
      predictions.length === used ? predictions : predictions.subarray(0, used),
      from,
    )
    this.total += loss * weight
    this.weight += weight
    this.next += count
  }

  /** Mean over the rows so far. */
  get loss(): number {
    return this.total / this.weight
  }

  /** Of the rows so far. */
  shown(): Pass {
    const predictions = new Float64Array(this.predictions.length)
    copyNumbers(this.predictions, predictions.length, predictions, 0)
    return { loss: this.loss, predictions }
  }

  /** For numbers of the kind that comes, as arrays of one kind are copied at once. */
  private place(like: Numbers): Numbers {
    const size = this.rows.length * this.units
    const fits = this.predictions.length === size && this.predictions.constructor === like.constructor
    if (!fits)
      this.predictions = like instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)
    return this.predictions
  }
}
