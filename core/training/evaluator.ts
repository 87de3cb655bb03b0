import type { Backend, Numbers, Program, RunSeed, StateStore } from '../backends/backend'
import { Place } from '../backends/place'
import type { Features } from '../data/features'
import type { PreparedData } from '../data/prepared'
import { planCost } from '../graph/cost'
import { evaluationPlan } from '../network/plans'
import { outputUnits } from '../data/target-parts'
import type { ResolvedNetwork } from '../network/resolve'
import { copyNumbers, gatherRows } from './batch'

/** Mean loss (weighted, where rows count unlike) and predictions of some rows, before number targets are turned back into their own unit. */
export interface Pass {
  readonly loss: number
  /** [rows, units] after the link. */
  readonly predictions: Float64Array
}

/** Rows of one evaluation batch: enough to keep kernels busy, small enough to stay in the cache. */
const BATCH = 256

/** Evaluation draws nothing. */
const noSeed: RunSeed = { key: [0, 0], step: 0 }

/** Runs a network over rows without training it. The last batch is filled up with its first row, which is not counted. */
export class Evaluator {
  private readonly program: Program
  private readonly inputs: readonly { readonly place: Place; readonly matrix: Features }[]
  private readonly rowLoss: Place
  private readonly prediction: Place
  private readonly batch: number
  private readonly units: number
  private readonly runCost: number

  constructor(
    network: ResolvedNetwork,
    data: PreparedData,
    backend: Backend,
    store: StateStore,
    /** How much each prepared row counts in the loss; left out, all alike. */
    private readonly weights?: Float32Array,
  ) {
    const largest = Math.max(...Object.values(data.splits).map((rows) => rows.length), 1)
    this.batch = Math.min(BATCH, largest)
    this.units = outputUnits(network.target)
    const plan = evaluationPlan(network, this.batch)
    this.runCost = planCost(plan)
    this.program = backend.load(plan, store)
    this.inputs = [
      { place: Place.input(this.program, 'features'), matrix: data.features },
      { place: Place.input(this.program, 'targets'), matrix: data.targets },
    ]
    this.rowLoss = Place.output(this.program, 'rowLoss')
    this.prediction = Place.output(this.program, 'prediction')
  }

  /** About how long `run` takes for so many rows, in nanoseconds: counted, not timed. */
  cost = (rows: number): number => Math.ceil(rows / this.batch) * this.runCost

  run(rows: Uint32Array): Pass {
    const predictions = new Float64Array(rows.length * this.units)
    let total = 0
    let weight = 0
    for (let from = 0; from < rows.length; from += this.batch) {
      const count = Math.min(this.batch, rows.length - from)
      this.feed(rows, from, count)
      this.program.run(noSeed)
      const losses = this.rowLoss.numbers
      for (let i = 0; i < count; i++) {
        const own = this.weights?.[rows[from + i]!] ?? 1
        total += own * losses[i]!
        weight += own
      }
      copyNumbers(this.prediction.numbers, count * this.units, predictions, from * this.units)
    }
    return { loss: total / weight, predictions }
  }

  private feed(rows: Uint32Array, from: number, count: number): void {
    for (const { place, matrix } of this.inputs) {
      gatherRows(place.numbers, matrix, rows, from, count)
      // A row again and again, as the rest of the program's work is not to meet numbers that no row has.
      const { width } = matrix
      if (count < this.batch) repeatRow(place.numbers, width, count, this.batch)
    }
  }
}

/** Rows `from` to `to` - 1 become the first one. */
function repeatRow(values: Numbers, width: number, from: number, to: number): void {
  for (let row = from; row < to; row++) values.copyWithin(row * width, 0, width)
}
