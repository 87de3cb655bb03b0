import type { Backend, Numbers, Program, RunSeed, StateStore } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import { scalarInput, trainingPlan, type OptimizerChoice } from '../network/plans'
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
}

export interface StepRequest {
  readonly rows: Uint32Array
  readonly from: number
  readonly count: number
  /** From 1. */
  readonly step: number
  /** The schedule's factor on the optimizer's rate. */
  readonly factor: number
}

export interface Step {
  readonly loss: number
  readonly learningRate: number
  /** [count, units] after the link, from before the update; valid until the next step. */
  readonly predictions: Numbers
}

/** Feeds batches to the training plan: one program for whole batches, one for the smaller last one. */
export class Stepper {
  readonly batchSize: number
  learningRate = 0
  private readonly programs = new Map<number, Program>()
  private readonly baseRate: number
  private request: StepRequest | undefined
  private lossBefore: number | null = null

  constructor(
    private readonly options: StepperOptions,
    private readonly random: Random,
  ) {
    const { experiment, data, optimizer } = options
    this.batchSize = Math.min(experiment.training.batchSize, data.splits.train.length)
    this.baseRate = optimizer.config.learningRate as number
  }

  step(request: StepRequest): Step {
    const program = this.programFor(request.count)
    this.request = request
    this.learningRate = this.baseRate * request.factor
    this.feed(program, request)
    program.run(this.seed(request.step))
    const loss = program.output('loss')[0]!
    if (Number.isFinite(loss)) this.lossBefore = loss
    return { loss, learningRate: this.learningRate, predictions: program.output('prediction') }
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

  private feed(program: Program, { rows, from, count, step }: StepRequest): void {
    const { data, optimizer } = this.options
    gatherRows(program.input('features'), data.features, rows, from, count)
    gatherRows(program.input('targets'), data.targets, rows, from, count)
    const scalars = optimizer.kind.scalars(optimizer.config, step, this.learningRate)
    for (const name in scalars) program.input(scalarInput(name))[0] = scalars[name]!
  }

  private programFor(count: number): Program {
    const known = this.programs.get(count)
    if (known) return known
    const { network, optimizer, backend, store } = this.options
    const program = backend.load(trainingPlan(network, optimizer, count), store)
    this.programs.set(count, program)
    return program
  }
}
