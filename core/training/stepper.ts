import type { Backend, Numbers, Program, RunSeed, StateStore } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import {
  accumulationPlan,
  scalarInput,
  trainingPlan,
  type OptimizerChoice,
  type UpdateSettings,
} from '../network/plans'
import { outputUnits, type ResolvedNetwork } from '../network/resolve'
import type { Random } from '../random/random'
import { gatherRows } from './batch'
import type { Mishap } from './diagnose'

interface StepperOptions {
  readonly network: ResolvedNetwork
  readonly optimizer: OptimizerChoice
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
  readonly store: StateStore
  /** How much each prepared row counts; left out, all alike. */
  readonly weights?: Float32Array
}

export interface StepRequest {
  readonly rows: Uint32Array
  readonly from: number
  readonly count: number
  /** Batches so far with this one, from 1. */
  readonly step: number
  /** Updates so far with the one that this batch belongs to, from 1; left out, each batch makes one. */
  readonly update?: number
  /** The schedule's factor on the optimizer's rate. */
  readonly factor: number
}

export interface Step {
  readonly loss: number
  /** What the batch counts: its rows, or the sum of their weights. */
  readonly weight: number
  /** False where the gradient only joined those before it. */
  readonly updated: boolean
  readonly learningRate: number
  /** [count, units] after the link, from before the update; valid until the next step. */
  readonly predictions: Numbers
}

/** What surrounds the optimizer, as an experiment wants it. */
export const updateSettings = (
  { regularization, clip, training }: Experiment,
  weights: Float32Array | undefined,
): UpdateSettings => ({
  ...(regularization && { regularization }),
  ...(clip && { clip }),
  weighted: weights !== undefined,
  accumulates: (training.accumulate ?? 1) > 1,
  averages: training.averaging !== undefined,
})

/** A batch's place among those that make one update together. */
interface Place {
  readonly first: boolean
  readonly last: boolean
  /** Its part of the whole update's rows, or of their weights. */
  readonly share: number
}

const alone: Place = { first: true, last: true, share: 1 }

/**
 * Feeds batches to the training plan: one program for whole batches, one for the smaller last one, and where gradients
 * accumulate as many again for batches that make no update.
 */
export class Stepper {
  readonly batchSize: number
  learningRate = 0
  private readonly programs = new Map<string, Program>()
  private readonly settings: UpdateSettings
  private readonly baseRate: number
  private request: StepRequest | undefined
  private lossBefore: number | null = null

  constructor(
    private readonly options: StepperOptions,
    private readonly random: Random,
  ) {
    const { experiment, data, optimizer, weights } = options
    this.settings = updateSettings(experiment, weights)
    this.batchSize = Math.min(experiment.training.batchSize, data.splits.train.length)
    this.baseRate = optimizer.config.learningRate as number
  }

  step(request: StepRequest): Step {
    const place = this.settings.accumulates ? this.placeOf(request) : alone
    const program = this.programFor(request.count, place.last)
    this.request = request
    this.learningRate = this.baseRate * request.factor
    this.feed(program, request)
    this.feedSettings(program, request, place)
    program.run(this.seed(request.step))
    const loss = program.output('loss')[0]!
    if (Number.isFinite(loss)) this.lossBefore = loss
    return {
      loss,
      weight: this.weightOf(request.rows, request.from, request.from + request.count),
      updated: place.last,
      learningRate: this.learningRate,
      predictions: program.output('prediction'),
    }
  }

  /** What the last step met, for finding out why it failed. */
  last(): Omit<Mishap, 'network' | 'backend' | 'store'> {
    const request = this.request!
    const { features, targets } = this.options.data
    const rows = request.count
    const copies = {
      features: new Float32Array(rows * features.width),
      targets: new Float32Array(rows * outputUnits(this.options.network.target)),
    }
    gatherRows(copies.features, features, request.rows, request.from, rows)
    gatherRows(copies.targets, targets, request.rows, request.from, rows)
    const { step } = request
    return {
      ...copies,
      rows,
      seed: this.seed(step),
      step,
      learningRate: this.learningRate,
      lastLoss: this.lossBefore,
    }
  }

  private seed(step: number): RunSeed {
    return { key: this.random.key, step }
  }

  private feed(program: Program, { rows, from, count }: StepRequest): void {
    const { data, weights } = this.options
    gatherRows(program.input('features'), data.features, rows, from, count)
    gatherRows(program.input('targets'), data.targets, rows, from, count)
    if (!weights) return
    const matrix = { rows: weights.length, width: 1, values: weights }
    gatherRows(program.input('weights'), matrix, rows, from, count)
  }

  /** The numbers of this step: the optimizer's, and those of what surrounds it. */
  private feedSettings(program: Program, request: StepRequest, { first, last, share }: Place): void {
    const { optimizer, experiment } = this.options
    const { update = request.step } = request
    if (this.settings.accumulates) {
      program.input('accumulate.keep')[0] = first ? 0 : 1
      program.input('accumulate.share')[0] = share
    }
    if (!last) return
    const scalars = optimizer.kind.scalars(optimizer.config, update, this.learningRate)
    for (const name in scalars) program.input(scalarInput(name))[0] = scalars[name]!
    const { averaging } = experiment.training
    if (averaging) program.input('averaging.keep')[0] = update === 1 ? 0 : averaging.decay
  }

  /** Updates begin anew with each epoch: the last one of an epoch may be made of fewer batches. */
  private placeOf({ rows, from, count }: StepRequest): Place {
    const whole = this.batchSize * this.options.experiment.training.accumulate!
    const start = Math.floor(from / whole) * whole
    const end = Math.min(start + whole, rows.length)
    const share = this.weightOf(rows, from, from + count) / this.weightOf(rows, start, end)
    return { first: from === start, last: from + count === end, share }
  }

  private weightOf(rows: Uint32Array, from: number, to: number): number {
    const { weights } = this.options
    if (!weights) return to - from
    let sum = 0
    for (let i = from; i < to; i++) sum += weights[rows[i]!]!
    return sum
  }

  private programFor(count: number, updates: boolean): Program {
    const name = `${count} ${updates ? 'update' : 'accumulate'}`
    const known = this.programs.get(name)
    if (known) return known
    const { network, optimizer, backend, store } = this.options
    const plan = updates
      ? trainingPlan(network, optimizer, count, this.settings)
      : accumulationPlan(network, count, this.settings)
    const program = backend.load(plan, store)
    this.programs.set(name, program)
    return program
  }
}
