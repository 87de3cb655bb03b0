import type { StateStore } from '../backends/backend'
import type { PreparedData, SplitName } from '../data/prepared'
import type { Change, ChangeSettings } from '../experiment/schema'
import type { TrainedModel } from '../exports/export'
import { metricsFor } from '../metrics/score'
import { initialState, readState, stateBuffers, writeState } from '../network/network-state'
import { updateBuffers } from '../network/plans'
import { createRandom } from '../random/create-random'
import type { Random } from '../random/random'
import type { ScheduleMoment, ScheduleState } from '../schedules/schedule'
import { copyBest, isBetter, isPatienceOver, nothingYet, readBest, type Best } from './best'
import { Course } from './changes/course'
import type { Checkpoint } from './checkpoint'
import { createStepper } from './create-stepper'
import { explainNonFinite } from './diagnose'
import { EpochPass } from './epoch-pass'
import { EpochScores } from './epoch-scores'
import { Evaluator } from './evaluator'
import type { EndEvent, EndReason, TrainingEvent } from './events'
import { inForce, type InForce } from './in-force'
import { resolveMonitor, type Monitor } from './monitor'
import { Progress } from './progress'
import { modelOf, predictionsOf, resultOf } from './results'
import { rowOrder } from './row-order'
import { rowWeights } from './row-weights'
import { WatchedSteps } from './statistics/watched-steps'
import type { Stepper, StepRequest } from './stepper'
import { timedPulls } from './timed-pulls'
import type { BatchesTold, SplitPredictions, Trainer, TrainerOptions } from './trainer-api'
import { updateSettings } from './update-settings'
import { WeightsOfRun } from './weights-of-run'

/** @throws LabError when the network, the loss, the optimizer or the schedule does not fit. */
export function createTrainer(options: TrainerOptions): Trainer {
  return new NetworkTrainer(options)
}

/** Where not all batches are told of: counted nanoseconds of training between two tellings, which take part of one each. */
const QUIET = 300_000

class NetworkTrainer implements Trainer {
  readonly events: Generator<TrainingEvent, void, void>
  private readonly next: () => readonly TrainingEvent[] | null
  private batchesTold: BatchesTold = 'all'
  /** What has happened since the last telling, and how much counted training that was. */
  private happened: TrainingEvent[] = []
  private work = 0
  private readonly course: Course
  private settings: InForce
  private readonly rowWeights: Float32Array | undefined
  private readonly store: StateStore
  private readonly weights: WeightsOfRun
  private stepper: Stepper
  private readonly evaluator: Evaluator
  private readonly data: PreparedData
  private readonly random: Random
  private readonly monitor: Monitor
  private readonly order: (epoch: number) => Uint32Array
  private readonly scores: EpochScores
  /** null where the layers are not watched. */
  private readonly watched: WatchedSteps | null
  /** The epoch under way, or the last one. */
  private pass = new EpochPass()
  private readonly progress = new Progress()
  private whenEnded: Checkpoint | null = null
  private scheduleState: ScheduleState
  private best: Best
  private seconds = 0
  private since = 0
  private stopAsked = false
  private ended = false

  constructor(private readonly options: TrainerOptions) {
    const { experiment, data, backend, resume } = options
    this.data = data
    this.course = new Course(experiment, resume?.course)
    this.settings = inForce(this.course.experiment, data)
    const { network, optimizer, schedule } = this.settings
    this.monitor = resolveMonitor(experiment.training, network.target)
    this.rowWeights = rowWeights(experiment.training, data)
    const buffers = updateBuffers(network, optimizer, updateSettings(experiment, this.rowWeights))
    this.store = backend.createStore({ ...stateBuffers(network), ...buffers })
    this.scheduleState = schedule.start
    this.random = createRandom(experiment.training.seed)
    writeState(this.store, initialState(network, this.random.split('parameters')))
    this.best = nothingYet(readState(this.store))
    this.weights = new WeightsOfRun(this.store, experiment.training.keep, () => ({
      best: this.best,
      updates: this.progress.updates,
    }))
    this.stepper = this.createStepper()
    this.countSteps()
    this.order = this.stepper.wholeSplit
      ? () => data.splits.train
      : rowOrder(experiment.training, data, this.random)
    this.scores = new EpochScores(data, this.monitor.name, experiment.training.metricsEvery)
    const from = options.clock()
    this.evaluator = new Evaluator(network, data, backend, this.store, this.rowWeights)
    this.watched = options.watchLayers ? this.watchSteps(options.clock() - from) : null
    if (resume) this.restore(resume)
    this.next = timedPulls(this.train(), {
      start: () => (this.since = options.clock()),
      stop: () => this.elapsed(),
    })
    this.events = this.oneByOne()
  }

  pull(): readonly TrainingEvent[] {
    return this.next() ?? []
  }

  private *oneByOne(): Generator<TrainingEvent, void, void> {
    for (let events = this.next(); events; events = this.next()) yield* events
  }

  tellBatches(which: BatchesTold): void {
    this.batchesTold = which
  }

  stop(): void {
    this.stopAsked = true
  }

  change(set: ChangeSettings): readonly Change[] {
    const { epoch, batch, stepsPerEpoch } = this.progress
    const isWhole = batch > 0 && batch === stepsPerEpoch
    const next = isWhole ? { epoch: epoch + 2, batch: 1 } : { epoch: epoch + 1, batch: batch + 1 }
    this.course.add(set, { next, epochs: this.ended ? 0 : this.options.experiment.training.epochs })
    return this.course.state().changes
  }

  /** What is due before the batch that comes next. */
  private applyChanges(): void {
    const { progress, course } = this
    const position = progress.place(progress.batch + 1)
    for (let due = course.take(position); due; due = course.take(position)) {
      this.adopt(due)
      const { step, stepsPerEpoch: batches } = progress
      this.happened.push({ type: 'change', ...position, batches, step, set: due.set })
    }
  }

  private adopt({ set }: Change): void {
    const before = this.stepper
    this.settings = inForce(this.course.experiment, this.data)
    if (set.schedule) this.scheduleState = this.settings.schedule.start
    // Before the new one's programs are loaded, so that they find the place.
    before.release()
    this.stepper = this.createStepper()
    this.stepper.follow(before)
    this.countSteps()
    this.watched?.renew()
  }

  /** With the same random numbers whatever the settings, so that the same changes give the same bits. */
  private createStepper(): Stepper {
    const { rowWeights: weights, store, settings, options } = this
    const all = { ...options, ...settings, store, ...(weights && { weights }) }
    return createStepper(all, this.random.split('steps'))
  }

  /** @param ready seconds that it took to make the evaluation ready */
  private watchSteps(ready: number): WatchedSteps {
    const { options, store, rowWeights: weights } = this
    const [network, stepper] = [() => this.settings.network, () => this.stepper]
    return new WatchedSteps({ options, store, weights, ready, network, stepper })
  }

  private countSteps(): void {
    this.progress.stepsPerEpoch = Math.ceil(this.data.splits.train.length / this.stepper.batchSize)
  }

  private elapsed(): number {
    const now = this.options.clock()
    this.seconds += now - this.since
    this.since = now
    return this.seconds
  }

  /** Tells events in groups: what they say is how things were, the trainer itself is where the last one of a group left it. */
  private *train(): Generator<readonly TrainingEvent[], void, void> {
    const { training } = this.options.experiment
    const { progress } = this
    yield [this.startEvent()]
    while (progress.epoch < training.epochs && !this.stopAsked) {
      if (isPatienceOver(progress.epoch, this.best, training)) return yield this.end('early-stopping')
      this.beginEpoch()
      while (this.pass.next < this.pass.rows.length) {
        const reason = this.takeSteps()
        if (reason) return yield this.end(reason)
        if (this.isStepDue()) yield this.tell()
      }
      if (!Number.isFinite(this.pass.loss)) return yield this.end('non-finite')
      this.finishEpoch()
      if (this.isEpochDue()) yield this.tell()
      if (this.stepper.converged) return yield this.end('converged')
    }
    yield this.end(this.stopAsked ? 'stopped' : 'completed')
  }

  private tell(): readonly TrainingEvent[] {
    const { happened } = this
    this.happened = []
    this.work = 0
    this.watched?.consider(this.elapsed())
    return happened
  }

  private beginEpoch(): void {
    this.pass = this.scores.begin(this.order(this.progress.epoch))
    this.progress.cost = 0
  }

  /** Steps of the epoch until one is to be told, or its rows are over; gives why the training ends, if it does. */
  private takeSteps(): EndReason | null {
    const { course, progress, pass } = this
    do {
      if (course.isDue(progress.epoch + 1, progress.batch + 1)) this.applyChanges()
      if (this.stopAsked) return 'stopped'
      if (!Number.isFinite(this.takeStep())) return 'non-finite'
    } while (pass.next < pass.rows.length && !this.isStepDue())
    return null
  }

  /** Gives the mean loss of its rows. */
  private takeStep(): number {
    const { stepper, pass, progress } = this
    const { rows, next: from } = pass
    const count = Math.min(stepper.batchSize, rows.length - from)
    const [step, update] = [progress.step + 1, progress.updates + 1]
    const request = { rows, from, count, step, update, factor: this.factor() }
    const made = this.watched?.wants(request, progress.epoch + 1)
      ? this.watchStep(this.watched, request)
      : stepper.step(request)
    pass.add(made, count)
    progress.took(made, stepper.cost)
    this.work += stepper.cost
    const { loss } = made
    if (this.batchesTold === 'all' || this.work >= QUIET || !Number.isFinite(loss)) this.addStep(loss)
    return loss
  }

  private watchStep(watched: WatchedSteps, request: StepRequest): ReturnType<Stepper['step']> {
    const { made, event } = watched.take(request, this.progress.place(this.progress.batch + 1))
    this.happened.push(event)
    return made
  }

  private addStep(loss: number): void {
    const { progress, stepper } = this
    const { step, epoch, batch, stepsPerEpoch: batches } = progress
    const { learningRate } = stepper
    this.happened.push({ type: 'step', step, epoch: epoch + 1, batch, batches, loss, learningRate })
  }

  /**
   * Where not all batches are told of, an epoch's last one is told with its epoch, and those of a short epoch are, too: only at
   * the end of an epoch can a run be kept to go on from.
   */
  private isStepDue(): boolean {
    if (this.batchesTold === 'all') return true
    return this.work >= QUIET && this.progress.cost >= QUIET && this.pass.next < this.pass.rows.length
  }

  private isEpochDue(): boolean {
    return this.batchesTold === 'all' || this.work >= QUIET || this.progress.cost >= QUIET
  }

  private factor(): number {
    const { schedule } = this.settings
    return schedule.steady ? 1 : schedule.factor(this.moment(), this.scheduleState)
  }

  private moment(): ScheduleMoment {
    const { epochs, accumulate = 1 } = this.options.experiment.training
    return this.progress.moment(accumulate, epochs, this.course.scheduledAt)
  }

  private finishEpoch(): void {
    const { progress, scores, evaluator } = this
    const { validation } = this.data.splits
    const validated = validation.length ? this.weights.withShown(() => evaluator.run(validation)) : null
    const trained = progress.cost + evaluator.cost(validation.length)
    progress.endEpoch()
    const { epoch, step } = progress
    const values = scores.end(epoch, validated, trained, epoch === this.options.experiment.training.epochs)
    const best = this.watch((values.validation ?? values.train)[this.monitor.name] ?? null)
    const [seconds, { learningRate }] = [this.elapsed(), this.stepper]
    this.happened.push({ type: 'epoch', epoch, step, seconds, learningRate, ...values, best })
  }

  /** Tells the schedule what this epoch came to, and remembers it if it is the best so far. */
  private watch(value: number | null): boolean {
    const { better } = this.monitor
    const { schedule } = this.settings
    if (!schedule.steady)
      this.scheduleState = schedule.next(this.moment(), this.scheduleState, value ?? NaN, better)
    const best = isBetter(value, this.best, better, this.options.experiment.training)
    if (best) {
      this.best = { epoch: this.progress.epoch, value: value!, ...this.weights.shown(this.best) }
      this.scores.isBest()
    }
    return best
  }

  private end(reason: EndReason): readonly TrainingEvent[] {
    const { progress } = this
    if (progress.batch === 0) this.whenEnded = this.checkpoint()
    if (reason !== 'non-finite') this.watchEnd()
    for (const measured of this.scores.untold(this.best.epoch, progress.epoch))
      this.happened.push({ type: 'measured', ...measured })
    this.happened.push(this.endEvent(reason))
    return this.tell()
  }

  private watchEnd(): void {
    const { watched, progress, pass } = this
    const { epoch, batch, step, stepsPerEpoch: batches } = progress
    const place = batch > 0 ? progress.place(batch) : { epoch, batch: batches, batches }
    const event = watched?.atEnd(pass, step, place)
    if (event) this.happened.push(event)
  }

  private endEvent(reason: EndReason): EndEvent {
    const isBroken = reason === 'non-finite'
    const problem = isBroken ? this.explain() : undefined
    const { best, store } = this
    // Never broken weights, whatever the experiment says.
    writeState(store, isBroken ? best : this.weights.kept())
    this.ended = true
    const { epoch, step } = this.progress
    return {
      ...{ type: 'end', reason, epoch, step },
      ...{ seconds: this.elapsed(), bestEpoch: best.epoch, ...resultOf(this.options, store, this.evaluator) },
      ...(problem && { problem }),
    }
  }

  private explain(): NonNullable<EndEvent['problem']> {
    const { store, stepper, settings, options } = this
    return explainNonFinite({
      ...{ network: settings.network, backend: options.backend, store },
      ...stepper.last(),
    })
  }

  private startEvent(): TrainingEvent {
    const { network } = this.settings
    const { train, validation, test } = this.data.splits
    return {
      type: 'start',
      backend: this.options.backend.name,
      epochs: this.options.experiment.training.epochs,
      stepsPerEpoch: this.progress.stepsPerEpoch,
      parameters: network.layout.size,
      rows: { train: train.length, validation: validation.length, test: test.length },
      metrics: ['loss', ...metricsFor(network.target).map((kind) => kind.type)],
      monitor: this.monitor.name,
    }
  }

  model(): TrainedModel {
    const state = this.ended ? readState(this.store) : this.weights.kept()
    return modelOf({ data: this.data, experiment: this.course.replay() }, this.settings.network, state)
  }

  predict(split: SplitName): SplitPredictions | null {
    if (!this.data.splits[split].length) return null
    const predict = (): SplitPredictions | null => predictionsOf(this.options, this.evaluator, split)
    return this.ended ? predict() : this.weights.with(this.weights.kept(), predict)
  }

  checkpoint(): Checkpoint {
    if (this.ended) return this.whenEnded!
    const buffers = Object.fromEntries(
      Object.keys(this.store.sizes).map((name) => [name, this.store.read(name)]),
    )
    const { seconds, scheduleState: schedule } = this
    const best = copyBest(this.best)
    const { epoch, step, updates } = this.progress
    const method = this.stepper.state()
    const course = this.course.state()
    return {
      ...{ version: 1, epoch, step, updates, seconds, schedule, buffers, best },
      ...this.scores.state(best.epoch, epoch),
      ...(method && { method }),
      ...(course.changes.length > 0 && { course }),
    }
  }

  private restore(checkpoint: Checkpoint): void {
    const { epoch, step, updates = step, seconds, schedule, buffers, best, method } = checkpoint
    for (const [name, values] of Object.entries(buffers)) this.store.write(name, values)
    Object.assign(this.progress, { epoch, step, updates })
    Object.assign(this, { seconds, best: readBest(best) })
    this.scheduleState = schedule ?? this.settings.schedule.start
    this.scores.restore(checkpoint)
    if (method) this.stepper.restore(method)
  }
}
