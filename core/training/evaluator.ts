import type { Backend, Program, StateStore } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import { evaluationPlan } from '../network/plans'
import { outputUnits, type ResolvedNetwork } from '../network/resolve'
import { gatherRows } from './batch'

/** Mean loss (weighted, where rows count unlike) and predictions of some rows, before number targets are turned back into their own unit. */
export interface Pass {
  readonly loss: number
  /** [rows, units] after the link. */
  readonly predictions: Float64Array
}

/** Rows of one evaluation batch: enough to keep kernels busy, small enough to stay in the cache. */
const BATCH = 256

/** Runs a network over rows without training it. The last batch is filled up with its first row, which is not counted. */
export class Evaluator {
  private readonly program: Program
  private readonly batch: number
  private readonly units: number

  constructor(
    network: ResolvedNetwork,
    private readonly data: PreparedData,
    backend: Backend,
    store: StateStore,
    /** How much each prepared row counts in the loss; left out, all alike. */
    private readonly weights?: Float32Array,
  ) {
    const largest = Math.max(...Object.values(data.splits).map((rows) => rows.length), 1)
    this.batch = Math.min(BATCH, largest)
    this.units = outputUnits(network.target)
    this.program = backend.load(evaluationPlan(network, this.batch), store)
  }

  run(rows: Uint32Array): Pass {
    const predictions = new Float64Array(rows.length * this.units)
    let total = 0
    let weight = 0
    for (let from = 0; from < rows.length; from += this.batch) {
      const count = Math.min(this.batch, rows.length - from)
      this.feed(rows, from, count)
      this.program.run({ key: [0, 0], step: 0 })
      const losses = this.program.output('rowLoss')
      for (let i = 0; i < count; i++) {
        const own = this.weights?.[rows[from + i]!] ?? 1
        total += own * losses[i]!
        weight += own
      }
      predictions.set(this.program.output('prediction').subarray(0, count * this.units), from * this.units)
    }
    return { loss: total / weight, predictions }
  }

  private feed(rows: Uint32Array, from: number, count: number): void {
    const { features, targets } = this.data
    const filler = this.batch - count
    const padding = filler ? new Uint32Array(filler).fill(rows[from]!) : undefined
    for (const [name, matrix] of [
      ['features', features],
      ['targets', targets],
    ] as const) {
      const place = this.program.input(name)
      gatherRows(place, matrix, rows, from, count)
      if (padding) gatherRows(place.subarray(count * matrix.width), matrix, padding, 0, filler)
    }
  }
}
