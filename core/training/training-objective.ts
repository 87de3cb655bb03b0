import type { Numbers, Program, RunSeed } from '../backends/backend'
import { Place } from '../backends/place'
import type { Plan } from '../graph/plan'
import { PARAMETERS, STATISTICS } from '../network/forward'
import { ACCUMULATED, accumulationPlan, slopePlan } from '../network/plans'
import { outputUnits } from '../data/target-parts'
import type { FullBatchOptimizer } from '../optimizers/optimizer'
import type { Objective, Point } from '../optimizers/methods/method'
import { isWeights } from '../optimizers/parts/part'
import type { Random } from '../random/random'
import { BatchSource, type Batch } from './batch'
import { stepProgram, type StepProgram } from './step-program'
import type { StepperOptions } from './stepper'

/** A place in parameter space, with all that the network showed there. */
export interface TrainingPoint extends Point {
  /** Without the penalties. */
  readonly dataLoss: number
  /** [rows, units] after the link */
  readonly predictions: Float64Array
  /** What the layers' statistics become when the training goes on from here. */
  readonly statistics: Numbers | null
}

/** Rows that one run of the plan takes: enough to keep kernels busy, small enough for the memory. */
const PART = 1024

/** The mean loss over all training rows as a function of the parameters, computed in parts that are added up. */
export class TrainingObjective implements Objective<TrainingPoint> {
  readonly weight: number
  /** Counted nanoseconds of all that it has computed so far. */
  cost = 0
  private readonly source: BatchSource
  private readonly parts: readonly Batch[]
  private readonly programs = new Map<number, StepProgram>()
  private slopes: Program | null = null
  private hasNoise = false
  private step = 0
  private statistics: Numbers | null = null
  private failed = 0

  constructor(
    private readonly options: StepperOptions<FullBatchOptimizer>,
    private readonly random: Random,
  ) {
    const { data, weights } = options
    const rows = data.splits.train
    this.source = new BatchSource(data, weights)
    this.weight = this.source.weightOf({ rows, from: 0, count: rows.length })
    this.parts = Array.from({ length: Math.ceil(rows.length / PART) }, (_, i) => {
      const from = i * PART
      return { rows, from, count: Math.min(PART, rows.length - from) }
    })
  }

  /**
   * The function stays one and the same within a step: dropout keeps its masks. Gives where the step begins, looked at anew
   * only where the last step's `known` end says nothing about it.
   */
  begin(step: number, known: TrainingPoint | null): TrainingPoint {
    const { store } = this.options
    this.step = step
    this.statistics = STATISTICS in store.sizes ? store.read(STATISTICS) : null
    if (known && !this.hasNoise) return known
    return { ...this.at(Float64Array.from(store.read(PARAMETERS))), statistics: this.statistics }
  }

  /** Leaves the store as it is at `point`. */
  settle({ x, statistics }: TrainingPoint): void {
    const { store } = this.options
    store.write(PARAMETERS, x)
    if (statistics) store.write(STATISTICS, statistics)
  }

  at(wanted: Float64Array): TrainingPoint {
    const { store, network } = this.options
    store.write(PARAMETERS, wanted)
    if (this.statistics) store.write(STATISTICS, this.statistics)
    const x = Float64Array.from(store.read(PARAMETERS))
    const units = outputUnits(network.target)
    const predictions = new Float64Array(this.options.data.splits.train.length * units)
    let dataLoss = 0
    this.parts.forEach((part, index) => {
      const step = this.programFor(part.count)
      const share = this.source.weightOf(part) / this.weight
      this.source.feed(step.batch, part)
      step.accumulate!.keep.numbers[0] = index === 0 ? 0 : 1
      step.accumulate!.share.numbers[0] = share
      step.program.run(this.seed(index))
      this.cost += step.cost
      const loss = step.loss.numbers[0]!
      if (!Number.isFinite(loss)) this.failed = index
      dataLoss += loss * share
      predictions.set(step.prediction.numbers, part.from * units)
    })
    const gradient = Float64Array.from(store.read(ACCUMULATED))
    const loss = dataLoss + this.penalize(x, gradient)
    const statistics = this.statistics && store.read(STATISTICS)
    return { x, loss, dataLoss, gradient, predictions, statistics }
  }

  /** Adds the gradient of l2 Σ w² over all weights but biases, and gives the penalty itself. */
  private penalize(x: Float64Array, gradient: Float64Array): number {
    const l2 = this.l2()
    let sum = 0
    this.eachWeight((i) => {
      sum += x[i]! * x[i]!
      gradient[i]! += 2 * l2 * x[i]!
    })
    return l2 * sum
  }

  private l2 = (): number => this.options.experiment.regularization?.l2 ?? 0

  private eachWeight(visit: (index: number) => void): void {
    if (this.l2() === 0) return
    for (const { offset, size } of this.options.network.layout.parameters.filter(isWeights))
      for (let i = offset; i < offset + size; i++) visit(i)
  }

  gaussNewton({ x }: TrainingPoint): Float64Array {
    const { backend, store, network, data } = this.options
    const program = (this.slopes ??= backend.load(slopePlan(network), store))
    const n = x.length
    const matrix = new Float64Array(n * n)
    const rows = data.splits.train
    const features = Place.input(program, 'features')
    store.write(PARAMETERS, x)
    const units = outputUnits(network.target)
    const unit = Place.input(program, 'unit').numbers
    for (let from = 0; from < rows.length; from++) {
      this.source.feedFeatures(features, { rows, from, count: 1 })
      const weight = this.source.weightAt(rows[from]!) / units
      for (let k = 0; k < units; k++) {
        unit.fill(0)[k] = 1
        program.run(this.seed(0))
        addSquare(matrix, program.output('slope'), weight)
      }
    }
    const penalty = this.weight * this.l2()
    this.eachWeight((i) => (matrix[i * n + i]! += penalty))
    return matrix
  }

  /** The part that failed last, or the first: for finding out why. */
  lastPart() {
    return { ...this.source.copy(this.parts[this.failed]!), seed: this.seed(this.failed) }
  }

  /** Gives back what its programs hold. Not to be used after that. */
  release(): void {
    for (const { program } of this.programs.values()) program.release()
    this.slopes?.release()
  }

  /** Of the first part in a step. */
  seedOf(step: number): RunSeed {
    return { key: this.random.split(0).key, step }
  }

  private seed(part: number): RunSeed {
    return { key: this.random.split(part).key, step: this.step }
  }

  private programFor(count: number): StepProgram {
    const known = this.programs.get(count)
    if (known) return known
    const { network, weights } = this.options
    const plan = accumulationPlan(network, count, { accumulates: true, weighted: weights !== undefined })
    if (isNoisy(plan)) this.hasNoise = true
    const settings = { accumulates: true, scalars: [], averages: false }
    const program = stepProgram(plan, this.options, this.source, settings)
    this.programs.set(count, program)
    return program
  }
}

export const isNoisy = (plan: Plan): boolean => plan.calls.some(({ op }) => op === 'random')

/** matrix += weight · j jᵀ, the lower triangle alone */
function addSquare(matrix: Float64Array, j: Numbers, weight: number): void {
  const n = j.length
  for (let row = 0; row < n; row++) {
    const factor = weight * j[row]!
    if (factor === 0) continue
    const start = row * n
    for (let column = 0; column <= row; column++) matrix[start + column]! += factor * j[column]!
  }
}
