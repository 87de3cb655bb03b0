import type { RunSeed } from '../backends/backend'
import type { FullBatchMethod } from '../optimizers/methods/method'
import type { FullBatchOptimizer } from '../optimizers/optimizer'
import type { Random } from '../random/random'
import { TrainingObjective, type TrainingPoint } from './training-objective'
import type { Step, Stepper, StepperOptions, StepRequest } from './stepper'

/** Each step is one iteration of a full-batch method over all training rows. */
export class FullBatchStepper implements Stepper {
  readonly batchSize: number
  readonly wholeSplit = true
  converged = false
  learningRate = 0
  cost = 0
  private readonly method: FullBatchMethod
  private readonly objective: TrainingObjective
  /** Where the last step ended; null before the first, and after a restore. */
  private point: TrainingPoint | null = null
  lossBefore: number | null = null
  private lastStep = 0

  constructor(
    private readonly options: StepperOptions<FullBatchOptimizer>,
    random: Random,
  ) {
    const { kind, config } = options.optimizer
    this.batchSize = options.data.splits.train.length
    this.method = kind.method(config)
    this.objective = new TrainingObjective(options, random)
  }

  step({ step, factor }: StepRequest): Step {
    const { objective } = this
    this.lastStep = step
    this.learningRate = (this.options.optimizer.config.learningRate as number) * factor
    const before = objective.cost
    const start = objective.begin(step, this.point)
    const sound = Number.isFinite(start.loss) && start.gradient.every(Number.isFinite)
    if (sound) this.advance(start)
    this.cost = objective.cost - before
    return {
      loss: sound ? start.dataLoss : NaN,
      weight: objective.weight,
      updated: true,
      learningRate: this.learningRate,
      predictions: start.predictions,
    }
  }

  seedOf(step: number): RunSeed {
    return this.objective.seedOf(step)
  }

  private advance(start: TrainingPoint): void {
    const end = this.method.iterate(start, this.objective, this.learningRate)
    this.converged = end === start
    this.point = end
    this.lossBefore = start.dataLoss
    this.objective.settle(end)
  }

  last(): ReturnType<Stepper['last']> {
    const { learningRate, lossBefore: lastLoss, lastStep: step } = this
    return { ...this.objective.lastPart(), step, learningRate, lastLoss }
  }

  state(): Readonly<Record<string, Float64Array>> {
    return this.method.state()
  }

  follow(before: Stepper): void {
    const state = before.state()
    if (state) this.restore(state)
    this.lossBefore = before.lossBefore
  }

  release(): void {
    this.objective.release()
  }

  restore(state: Readonly<Record<string, Float64Array>>): void {
    this.method.restore(state)
    this.point = null
  }
}
