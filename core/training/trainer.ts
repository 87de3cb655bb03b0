import type { StateStore } from '../backends/backend'
import type { PreparedData, SplitName } from '../data/prepared'
import type { Change, ChangeSettings } from '../experiment/schema'
import type { TrainedModel } from '../exports/export'
import { metricsFor } from '../metrics/score'
import {
  flatState,
  initialState,
  readState,
  stateArrays,
  stateBuffers,
  writeState,
  type NetworkState,
} from '../network/network-state'
import { AVERAGE, updateBuffers } from '../network/plans'
import { outputUnits } from '../data/target-parts'
import type { ResolvedNetwork } from '../network/resolve'
import { createRandom } from '../random/create-random'
import type { Random } from '../random/random'
import type { ScheduleMoment, ScheduleState } from '../schedules/schedule'
import { isBetter, isPatienceOver, nothingYet, readBest, type Best } from './best'
import { Course } from './changes/course'
import type { Checkpoint } from './checkpoint'
import { explainNonFinite } from './diagnose'
import { Evaluator } from './evaluator'
import type {
  ChangeEvent,
  EndEvent,
  EndReason,
  EpochEvent,
  MetricValues,
  StepEvent,
  TrainingEvent,
} from './events'
import { fingerprint } from './fingerprint'
import { EpochPass } from './epoch-pass'
import { EpochScores } from './epoch-scores'
import { inForce, type InForce } from './in-force'
import { resolveMonitor, type Monitor } from './monitor'
import { rowOrder } from './row-order'
import { rowWeights } from './row-weights'
import { unscale } from '../data/preparing/target-scale'
import { measure, truthOf } from './scoring'
import { createStepper } from './create-stepper'
import { BatchSource } from './batch'
import { LayerStatistics, type WatchedBatch } from './statistics/layer-statistics'
import type { Step, Stepper, StepRequest } from './stepper'
import { updateSettings } from './update-settings'
import { timedPulls } from './timed-pulls'
import type { BatchesTold, SplitPredictions, Trainer, TrainerOptions } from './trainer-api'

/** @throws LabError when the network, the loss, the optimizer or the schedule does not fit. */
export function createTrainer(options: TrainerOptions): Trainer {
  return new NetworkTrainer(options)
}

/** Most rows of a batch that the layers are watched on. */
const MOST_ROWS = 1024

/** Where not all batches are told of: counted nanoseconds of training between two tellings, which take part of one each. */
const QUIET = 100_000

class NetworkTrainer implements Trainer {
  readonly events: Generator<TrainingEvent, void, void>
  private readonly next: () => readonly TrainingEvent[] | null
  private batchesTold: BatchesTold = 'all'
  /** What has happened since the last telling, and how much counted training that was. */
  private happened: TrainingEvent[] = []
  private work = 0
  private readonly course: Course
  private settings: InForce
  private readonly weights: Float32Array | undefined
  private readonly store: StateStore
  private stepper: Stepper
  private readonly evaluator: Evaluator
  private readonly data: PreparedData
  private readonly random: Random
  private readonly monitor: Monitor
  private readonly order: (epoch: number) => Uint32Array
  private readonly scores: EpochScores
  /** null where the layers are not watched. */
  private readonly statistics: LayerStatistics | null
  /** The epoch under way, or the last one. */
  private pass = new EpochPass()
  /** Counted training of the epoch under way. */
  private epochCost = 0
  private whenEnded: Checkpoint | null = null
  private scheduleState: ScheduleState
  /** Of the epoch under way, at the batch size that it has now. */
  private stepsPerEpoch = 0
  private best: Best
  private epoch = 0
  /** Batches done of the epoch under way, and the updates that they made. */
  private batch = 0
  private updatesOfEpoch = 0
  private step = 0
  /** Fewer than steps where gradients of several batches make one update. */
  private updates = 0
  private seconds = 0
  private stopAsked = false
  private ended = false

  constructor(private readonly options: TrainerOptions) {
    const { experiment, data, backend, resume } = options
    this.data = data
    this.course = new Course(experiment, resume?.course)
    this.settings = inForce(this.course.experiment, data)
    const { network, optimizer, schedule } = this.settings
    this.monitor = resolveMonitor(experiment.training, network.target)
    this.weights = rowWeights(experiment.training, data)
    const buffers = updateBuffers(network, optimizer, updateSettings(experiment, this.weights))
    this.store = backend.createStore({ ...stateBuffers(network), ...buffers })
    this.scheduleState = schedule.start
    this.random = createRandom(experiment.training.seed)
    writeState(this.store, initialState(network, this.random.split('parameters')))
    this.best = nothingYet(readState(this.store))
    this.stepper = this.createStepper()
    this.stepsPerEpoch = this.countSteps()
    this.order = this.stepper.wholeSplit
      ? () => data.splits.train
      : rowOrder(experiment.training, data, this.random)
    this.scores = new EpochScores(data, this.monitor.name, experiment.training.metricsEvery)
    this.statistics = options.watchLayers ? this.createStatistics() : null
    if (resume) this.restore(resume)
    this.evaluator = new Evaluator(network, data, backend, this.store, this.weights)
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
    const isWhole = this.batch > 0 && this.batch === this.stepsPerEpoch
    const next = isWhole
      ? { epoch: this.epoch + 2, batch: 1 }
      : { epoch: this.epoch + 1, batch: this.batch + 1 }
    this.course.add(set, { next, epochs: this.ended ? 0 : this.options.experiment.training.epochs })
    return this.course.state().changes
  }

  /** What is due before the batch that comes next. */
  private applyChanges(): void {
    const { step } = this
    const [epoch, batch] = [this.epoch + 1, this.batch + 1]
    for (let due = this.course.take({ epoch, batch }); due; due = this.course.take({ epoch, batch })) {
      this.adopt(due)
      const event: ChangeEvent = {
        type: 'change',
        epoch,
        batch,
        batches: this.stepsPerEpoch,
        step,
        set: due.set,
      }
      this.happened.push(event)
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
    this.stepsPerEpoch = this.countSteps()
    this.statistics?.renew()
  }

  /** With the same random numbers whatever the settings, so that the same changes give the same bits. */
  private createStepper(): Stepper {
    const { weights, store, settings, options } = this
    const all = { ...options, ...settings, store, ...(weights && { weights }) }
    return createStepper(all, this.random.split('steps'))
  }

  private get network(): ResolvedNetwork {
    return this.settings.network
  }

  private since = 0

  private elapsed(): number {
    const now = this.options.clock()
    this.seconds += now - this.since
    this.since = now
    return this.seconds
  }

  /** Tells events in groups: what they say is how things were, the trainer itself is where the last one of a group left it. */
  private *train(): Generator<readonly TrainingEvent[], void, void> {
    const { training } = this.options.experiment
    yield [this.startEvent()]
    while (this.epoch < training.epochs && !this.stopAsked) {
      if (isPatienceOver(this.epoch, this.best, training)) return yield this.end('early-stopping')
      this.beginEpoch()
      while (this.pass.next < this.pass.rows.length) {
        if (this.course.isDue(this.epoch + 1, this.batch + 1)) this.applyChanges()
        if (this.stopAsked) return yield this.end('stopped')
        if (!Number.isFinite(this.takeStep())) return yield this.end('non-finite')
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
    if (this.statistics) this.statistics.consider(this.elapsed(), this.stepper.cost)
    return happened
  }

  private beginEpoch(): void {
    this.pass = this.scores.begin(this.order(this.epoch))
    this.epochCost = 0
  }

  /** Gives the mean loss of its rows. */
  private takeStep(): number {
    const { stepper, pass } = this
    const { rows, next: from } = pass
    const count = Math.min(stepper.batchSize, rows.length - from)
    const [step, update, factor] = [this.step + 1, this.updates + 1, this.factor()]
    const request = { rows, from, count, step, update, factor }
    const made = this.statistics?.wants(request, this.epoch + 1, stepper.batchSize)
      ? this.watchStep(this.statistics, request)
      : stepper.step(request)
    pass.add(made, count)
    this.step = step
    this.batch++
    this.epochCost += stepper.cost
    this.work += stepper.cost
    if (made.updated) {
      this.updates++
      this.updatesOfEpoch++
    }
    const { loss } = made
    const isTold = this.batchesTold === 'all' || this.work >= QUIET || !Number.isFinite(loss)
    if (isTold) this.happened.push(this.stepEvent(loss))
    return loss
  }

  private watchStep(statistics: LayerStatistics, request: StepRequest): Step {
    const { made, event } = statistics.around(this.watchedBatch(request), () => this.stepper.step(request))
    this.happened.push(event)
    return made
  }

  private watchedBatch({ rows, from, count, step }: StepRequest): WatchedBatch {
    const [epoch, batch] = [this.epoch + 1, this.batch + 1]
    const seed = this.stepper.seedOf(step)
    const looked = { rows, from, count: Math.min(count, MOST_ROWS) }
    return { ...looked, epoch, batch, batches: this.stepsPerEpoch, step, seed }
  }

  private createStatistics(): LayerStatistics {
    const { clock, experiment, backend } = this.options
    const { data, weights, store } = this
    const source = new BatchSource(data, weights)
    return new LayerStatistics({
      every: experiment.training.statisticsEvery,
      clock,
      watched: () => ({
        ...{ backend, store, source, network: this.network, weighted: weights !== undefined },
        rows: Math.min(this.stepper.batchSize, MOST_ROWS),
      }),
    })
  }

  private stepEvent(loss: number): StepEvent {
    const { step, batch } = this
    const { learningRate } = this.stepper
    return {
      type: 'step',
      step,
      epoch: this.epoch + 1,
      batch,
      batches: this.stepsPerEpoch,
      loss,
      learningRate,
    }
  }

  /**
   * Where not all batches are told of, an epoch's last one is told with its epoch, and those of a short epoch are, too: only at
   * the end of an epoch can a run be kept to go on from.
   */
  private isStepDue(): boolean {
    if (this.batchesTold === 'all') return true
    return this.work >= QUIET && this.epochCost >= QUIET && this.pass.next < this.pass.rows.length
  }

  private isEpochDue(): boolean {
    return this.batchesTold === 'all' || this.work >= QUIET || this.epochCost >= QUIET
  }

  private factor(): number {
    return this.settings.schedule.factor(this.moment(), this.scheduleState)
  }

  /**
   * Steps are counted as if the batch size had always been what it is now, so that a change of it leaves the schedule where
   * it was. A schedule's time begins with the epoch that it was set for.
   */
  private moment(): ScheduleMoment {
    const { epochs, accumulate = 1 } = this.options.experiment.training
    const { scheduledAt } = this.course
    const stepsPerEpoch = Math.ceil(this.stepsPerEpoch / accumulate)
    const epoch = this.epoch - scheduledAt
    const step = epoch * stepsPerEpoch + this.updatesOfEpoch
    return { epoch, epochs: epochs - scheduledAt, step, stepsPerEpoch }
  }

  private countSteps(): number {
    return Math.ceil(this.data.splits.train.length / this.stepper.batchSize)
  }

  private finishEpoch(): void {
    const { validation } = this.data.splits
    const validated = validation.length ? this.withShownWeights(() => this.evaluator.run(validation)) : null
    const trained = this.epochCost + this.evaluator.cost(validation.length)
    this.epoch++
    const isLast = this.epoch === this.options.experiment.training.epochs
    const values = this.scores.end(this.epoch, validated, trained, isLast)
    this.batch = this.updatesOfEpoch = 0
    const best = this.watch((values.validation ?? values.train)[this.monitor.name] ?? null)
    const { epoch, step } = this
    const { learningRate } = this.stepper
    const event: EpochEvent = {
      type: 'epoch',
      epoch,
      step,
      seconds: this.elapsed(),
      learningRate,
      ...values,
      best,
    }
    this.happened.push(event)
  }

  /** Tells the schedule what this epoch came to, and remembers it if it is the best so far. */
  private watch(value: number | null): boolean {
    const { better } = this.monitor
    this.scheduleState = this.settings.schedule.next(this.moment(), this.scheduleState, value ?? NaN, better)
    const best = isBetter(value, this.best, better, this.options.experiment.training)
    if (best) {
      this.best = { epoch: this.epoch, value: value!, ...this.shown() }
      this.scores.isBest()
    }
    return best
  }

  private end(reason: EndReason): readonly TrainingEvent[] {
    if (this.batch === 0) this.whenEnded = this.checkpoint()
    this.watchEnd(reason)
    for (const measured of this.scores.untold(this.best.epoch, this.epoch))
      this.happened.push({ type: 'measured', ...measured })
    this.happened.push(this.endEvent(reason))
    return this.tell()
  }

  /** Statistics of the weights that the training came to, on its last whole batch. */
  private watchEnd(reason: EndReason): void {
    const { statistics, stepper, pass, step } = this
    if (!statistics || reason === 'non-finite' || step === 0 || pass.next < stepper.batchSize) return
    const { rows, next } = pass
    const { batchSize: count } = stepper
    const from = (Math.floor(next / count) - 1) * count
    const [epoch, batch] = this.batch > 0 ? [this.epoch + 1, this.batch] : [this.epoch, this.stepsPerEpoch]
    const request = { rows, from, count, step, factor: 1 }
    const event = statistics.atEnd({ ...this.watchedBatch(request), epoch, batch })
    if (event) this.happened.push(event)
  }

  private endEvent(reason: EndReason): EndEvent {
    const problem = reason === 'non-finite' ? this.explain() : undefined
    writeState(this.store, this.kept(reason))
    this.ended = true
    return {
      type: 'end',
      reason,
      epoch: this.epoch,
      step: this.step,
      seconds: this.elapsed(),
      bestEpoch: this.best.epoch,
      metrics: { train: this.score('train'), validation: this.score('validation'), test: this.score('test') },
      fingerprint: fingerprint(flatState(readState(this.store))),
      ...(problem && { problem }),
    }
  }

  /** The weights to keep: as the experiment says, but never broken ones. */
  private kept(reason?: EndReason): NetworkState {
    const wantsBest = this.options.experiment.training.keep === 'best' && this.best.epoch > 0
    return wantsBest || reason === 'non-finite' ? this.best : this.shown()
  }

  /** What is evaluated and kept: the weights, or their moving average where the experiment wants that. */
  private shown(): NetworkState {
    const current = readState(this.store)
    return this.showsAverage() ? { ...current, parameters: this.store.read(AVERAGE) } : current
  }

  private showsAverage(): boolean {
    return AVERAGE in this.store.sizes && this.updates > 0
  }

  private explain(): NonNullable<EndEvent['problem']> {
    return explainNonFinite({
      network: this.network,
      backend: this.options.backend,
      store: this.store,
      ...this.stepper.last(),
    })
  }

  private score(split: SplitName): MetricValues | null {
    const rows = this.data.splits[split]
    return rows.length ? measure(this.evaluator.run(rows), rows, this.data) : null
  }

  private startEvent(): TrainingEvent {
    const { train, validation, test } = this.data.splits
    return {
      type: 'start',
      backend: this.options.backend.name,
      epochs: this.options.experiment.training.epochs,
      stepsPerEpoch: this.stepsPerEpoch,
      parameters: this.network.layout.size,
      rows: { train: train.length, validation: validation.length, test: test.length },
      metrics: ['loss', ...metricsFor(this.network.target).map((kind) => kind.type)],
      monitor: this.monitor.name,
    }
  }

  model(): TrainedModel {
    const values = flatState(this.ended ? readState(this.store) : this.kept())
    const parameters = stateArrays(this.network).map(({ name, shape, offset, size }) => ({
      name,
      shape,
      values: values.slice(offset, offset + size),
    }))
    const { data } = this.options
    const experiment = this.course.replay()
    return { experiment, preprocessing: data.preprocessing, parameters, fingerprint: fingerprint(values) }
  }

  predict(split: SplitName): SplitPredictions | null {
    const rows = this.data.splits[split]
    if (!rows.length) return null
    const { target } = this.data.preprocessing
    const { loss, predictions } = this.withKeptWeights(() => this.evaluator.run(rows))
    return {
      units: outputUnits(target),
      loss: Number.isFinite(loss) ? loss : null,
      predictions: unscale(predictions, target),
      truth: truthOf(this.data, rows),
      fileRows: rows.map((row) => this.data.fileRows[row]!),
    }
  }

  private withKeptWeights<T>(use: () => T): T {
    return this.ended ? use() : this.withWeights(this.kept(), use)
  }

  private withShownWeights<T>(use: () => T): T {
    return this.showsAverage() ? this.withWeights(this.shown(), use) : use()
  }

  private withWeights<T>(state: NetworkState, use: () => T): T {
    const current = readState(this.store)
    writeState(this.store, state)
    try {
      return use()
    } finally {
      writeState(this.store, current)
    }
  }

  checkpoint(): Checkpoint {
    if (this.ended) return this.whenEnded!
    const buffers = Object.fromEntries(
      Object.keys(this.store.sizes).map((name) => [name, this.store.read(name)]),
    )
    const { epoch, step, updates, seconds, best, scheduleState: schedule } = this
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
    Object.assign(this, { epoch, step, updates, seconds, best: readBest(best) })
    this.scheduleState = schedule ?? this.settings.schedule.start
    this.scores.restore(checkpoint)
    if (method) this.stepper.restore(method)
  }
}
