import type { RunSeed } from '../backends/backend'
import { accumulationPlan, trainingPlan, type UpdateSettings } from '../network/plans'
import type { UpdateOptimizer } from '../optimizers/optimizer'
import type { Random } from '../random/random'
import { BatchSource } from './batch'
import { stepProgram, type StepProgram } from './step-program'
import type { Step, Stepper, StepperOptions, StepRequest } from './stepper'
import { updateSettings } from './update-settings'

/** A batch's turn among those that make one update together. */
interface Turn {
  readonly first: boolean
  readonly last: boolean
  /** Its part of the whole update's rows, or of their weights. */
  readonly share: number
}

const alone: Turn = { first: true, last: true, share: 1 }

/**
 * Feeds batches to the training plan: one program for whole batches, one for the smaller last one, and where gradients
 * accumulate as many again for batches that make no update.
 */
export class BatchStepper implements Stepper {
  readonly batchSize: number
  readonly wholeSplit = false
  readonly converged = false
  learningRate = 0
  cost = 0
  private readonly source: BatchSource
  /** For batches that make an update, and for those that do not, by their rows. */
  private readonly updating = new Map<number, StepProgram>()
  private readonly joining = new Map<number, StepProgram>()
  private readonly settings: UpdateSettings
  private readonly baseRate: number
  private request: StepRequest | undefined
  lossBefore: number | null = null

  constructor(
    private readonly options: StepperOptions<UpdateOptimizer>,
    private readonly random: Random,
  ) {
    const { experiment, data, optimizer, weights } = options
    this.source = new BatchSource(data, weights)
    this.settings = updateSettings(experiment, weights)
    this.batchSize = Math.min(experiment.training.batchSize, data.splits.train.length)
    this.baseRate = optimizer.config.learningRate as number
  }

  step(request: StepRequest): Step {
    const turn = this.settings.accumulates ? this.turnOf(request) : alone
    const step = this.programFor(request.count, turn.last)
    this.request = request
    this.learningRate = this.baseRate * request.factor
    this.cost = step.cost
    this.source.feed(step.batch, request)
    this.feedSettings(step, request, turn)
    step.program.run(this.seedOf(request.step))
    const loss = step.loss.numbers[0]!
    if (Number.isFinite(loss)) this.lossBefore = loss
    return {
      loss,
      weight: this.source.weightOf(request),
      updated: turn.last,
      learningRate: this.learningRate,
      predictions: step.prediction.numbers,
    }
  }

  last(): ReturnType<Stepper['last']> {
    const { step } = this.request!
    const { learningRate, lossBefore: lastLoss } = this
    return { ...this.source.copy(this.request!), seed: this.seedOf(step), step, learningRate, lastLoss }
  }

  /** All that it remembers is in the store. */
  state(): null {
    return null
  }

  restore(): void {}

  follow({ lossBefore }: Stepper): void {
    this.lossBefore = lossBefore
  }

  release(): void {
    for (const { program } of [...this.updating.values(), ...this.joining.values()]) program.release()
  }

  seedOf(step: number): RunSeed {
    return { key: this.random.key, step }
  }

  /** The numbers of this step: the optimizer's, and those of what surrounds it. */
  private feedSettings(places: StepProgram, request: StepRequest, { first, last, share }: Turn): void {
    const { accumulate, averaging } = places
    const { optimizer, experiment } = this.options
    const { update = request.step } = request
    if (accumulate) {
      accumulate.keep.numbers[0] = first ? 0 : 1
      accumulate.share.numbers[0] = share
    }
    if (!last) return
    const scalars = optimizer.kind.scalars(optimizer.config, update, this.learningRate)
    for (const name in scalars) places.scalars[name]!.numbers[0] = scalars[name]!
    if (averaging) averaging.numbers[0] = update === 1 ? 0 : experiment.training.averaging!.decay
  }

  /** Updates begin anew with each epoch: the last one of an epoch may be made of fewer batches. */
  private turnOf({ rows, from, count }: StepRequest): Turn {
    const size = this.batchSize * this.options.experiment.training.accumulate!
    const start = Math.floor(from / size) * size
    const end = Math.min(start + size, rows.length)
    const whole = { rows, from: start, count: end - start }
    const share = this.source.weightOf({ rows, from, count }) / this.source.weightOf(whole)
    return { first: from === start, last: from + count === end, share }
  }

  private programFor(count: number, updates: boolean): StepProgram {
    const programs = updates ? this.updating : this.joining
    const known = programs.get(count)
    if (known) return known
    const made = this.load(count, updates)
    programs.set(count, made)
    return made
  }

  private load(count: number, updates: boolean): StepProgram {
    const { network, optimizer } = this.options
    const plan = updates
      ? trainingPlan(network, optimizer, count, this.settings)
      : accumulationPlan(network, count, this.settings)
    const { kind, config } = optimizer
    return stepProgram(plan, this.options, this.source, {
      accumulates: this.settings.accumulates === true,
      scalars: updates ? Object.keys(kind.scalars(config, 1, 1)) : [],
      averages: updates && this.settings.averages === true,
    })
  }
}
