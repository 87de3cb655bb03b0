import type { Program, RunSeed } from '../backends/backend'
import { accumulationPlan, scalarInput, trainingPlan, type UpdateSettings } from '../network/plans'
import type { UpdateOptimizer } from '../optimizers/optimizer'
import type { Random } from '../random/random'
import { BatchSource } from './batch'
import type { Step, Stepper, StepperOptions, StepRequest } from './stepper'
import { updateSettings } from './update-settings'

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
export class BatchStepper implements Stepper {
  readonly batchSize: number
  readonly wholeSplit = false
  readonly converged = false
  learningRate = 0
  private readonly source: BatchSource
  private readonly programs = new Map<string, Program>()
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
    const place = this.settings.accumulates ? this.placeOf(request) : alone
    const program = this.programFor(request.count, place.last)
    this.request = request
    this.learningRate = this.baseRate * request.factor
    this.source.feed(program, request)
    this.feedSettings(program, request, place)
    program.run(this.seed(request.step))
    const loss = program.output('loss')[0]!
    if (Number.isFinite(loss)) this.lossBefore = loss
    return {
      loss,
      weight: this.source.weightOf(request),
      updated: place.last,
      learningRate: this.learningRate,
      predictions: program.output('prediction'),
    }
  }

  last(): ReturnType<Stepper['last']> {
    const { step } = this.request!
    const { learningRate, lossBefore: lastLoss } = this
    return { ...this.source.copy(this.request!), seed: this.seed(step), step, learningRate, lastLoss }
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
    for (const program of this.programs.values()) program.release()
  }

  private seed(step: number): RunSeed {
    return { key: this.random.key, step }
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
    const size = this.batchSize * this.options.experiment.training.accumulate!
    const start = Math.floor(from / size) * size
    const end = Math.min(start + size, rows.length)
    const whole = { rows, from: start, count: end - start }
    const share = this.source.weightOf({ rows, from, count }) / this.source.weightOf(whole)
    return { first: from === start, last: from + count === end, share }
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
