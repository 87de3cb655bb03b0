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
import { outputUnits, type ResolvedNetwork } from '../network/resolve'
import { createRandom } from '../random/create-random'
import type { Random } from '../random/random'
import type { ScheduleMoment, ScheduleState } from '../schedules/schedule'
import { isBetter, isPatienceOver, nothingYet, readBest, type Best } from './best'
import { Course } from './changes/course'
import type { Checkpoint } from './checkpoint'
import { explainNonFinite } from './diagnose'
import { Evaluator, type Pass } from './evaluator'
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
import { inForce, type InForce } from './in-force'
import { resolveMonitor, type Monitor } from './monitor'
import { rowOrder } from './row-order'
import { rowWeights } from './row-weights'
import { measure, truthOf, unscale } from './scoring'
import { createStepper } from './create-stepper'
import type { Stepper } from './stepper'
import { updateSettings } from './update-settings'
import { timedEvents } from './timed-events'
import type { SplitPredictions, Trainer, TrainerOptions } from './trainer-api'

/** @throws LabError when the network, the loss, the optimizer or the schedule does not fit. */
export function createTrainer(options: TrainerOptions): Trainer {
  return new NetworkTrainer(options)
}

class NetworkTrainer implements Trainer {
  readonly events: Generator<TrainingEvent, void, void>
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
  /** Of the epoch under way, or the last one. */
  private rows: Uint32Array = new Uint32Array()
  private readonly pass = new EpochPass()
  private scheduleState: ScheduleState
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
    this.order = this.stepper.wholeSplit
      ? () => data.splits.train
      : rowOrder(experiment.training, data, this.random)
    if (resume) this.restore(resume)
    this.evaluator = new Evaluator(network, data, backend, this.store, this.weights)
    this.events = timedEvents(this.train(), {
      start: () => (this.since = options.clock()),
      stop: () => this.elapsed(),
    })
  }

  stop(): void {
    this.stopAsked = true
  }

  change(set: ChangeSettings): readonly Change[] {
    const isWhole = this.batch > 0 && this.batch === this.stepsPerEpoch()
    const next = isWhole
      ? { epoch: this.epoch + 2, batch: 1 }
      : { epoch: this.epoch + 1, batch: this.batch + 1 }
    this.course.add(set, { next, epochs: this.ended ? 0 : this.options.experiment.training.epochs })
    return this.course.state().changes
  }

  /** What is due before the batch that comes next. */
  private *applyChanges(): Generator<ChangeEvent, void, void> {
    const { step } = this
    const [epoch, batch] = [this.epoch + 1, this.batch + 1]
    for (let due = this.course.take({ epoch, batch }); due; due = this.course.take({ epoch, batch })) {
      this.adopt(due)
      yield { type: 'change', epoch, batch, batches: this.stepsPerEpoch(), step, set: due.set }
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

  private *train(): Generator<TrainingEvent, void, void> {
    const { training } = this.options.experiment
    yield this.startEvent()
    while (this.epoch < training.epochs && !this.stopAsked) {
      if (isPatienceOver(this.epoch, this.best, training)) return yield this.end('early-stopping')
      this.beginEpoch()
      while (this.pass.next < this.rows.length) {
        if (this.course.isDue(this.epoch + 1, this.batch + 1)) yield* this.applyChanges()
        if (this.stopAsked) return yield this.end('stopped')
        const step = this.takeStep()
        yield step
        if (!Number.isFinite(step.loss)) return yield this.end('non-finite')
      }
      const shown = this.pass.shown()
      if (!Number.isFinite(shown.loss)) return yield this.end('non-finite')
      yield this.finishEpoch(shown)
      if (this.stepper.converged) return yield this.end('converged')
    }
    yield this.end(this.stopAsked ? 'stopped' : 'completed')
  }

  private beginEpoch(): void {
    this.rows = this.order(this.epoch)
    this.pass.begin(this.rows.length, outputUnits(this.network.target))
  }

  private takeStep(): StepEvent {
    const { rows, stepper, pass } = this
    const from = pass.next
    const count = Math.min(stepper.batchSize, rows.length - from)
    const [step, update, factor] = [this.step + 1, this.updates + 1, this.factor()]
    const made = stepper.step({ rows, from, count, step, update, factor })
    pass.add(made, count)
    this.step = step
    this.batch++
    if (made.updated) {
      this.updates++
      this.updatesOfEpoch++
    }
    const { loss, learningRate } = made
    const [epoch, batch, batches] = [this.epoch + 1, this.batch, this.stepsPerEpoch()]
    return { type: 'step', step, epoch, batch, batches, loss, learningRate }
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
    const stepsPerEpoch = Math.ceil(this.stepsPerEpoch() / accumulate)
    const epoch = this.epoch - scheduledAt
    const step = epoch * stepsPerEpoch + this.updatesOfEpoch
    return { epoch, epochs: epochs - scheduledAt, step, stepsPerEpoch }
  }

  private stepsPerEpoch(): number {
    return Math.ceil(this.data.splits.train.length / this.stepper.batchSize)
  }

  private finishEpoch(pass: Pass): EpochEvent {
    const { validation } = this.data.splits
    const validationPass = validation.length
      ? this.withShownWeights(() => this.evaluator.run(validation))
      : null
    const train = measure(pass, this.rows, this.data)
    const validated = validationPass && measure(validationPass, validation, this.data)
    this.epoch++
    this.batch = this.updatesOfEpoch = 0
    const best = this.watch((validated ?? train)[this.monitor.name] ?? null)
    return {
      type: 'epoch',
      epoch: this.epoch,
      step: this.step,
      seconds: this.elapsed(),
      learningRate: this.stepper.learningRate,
      train,
      validation: validated,
      best,
    }
  }

  /** Tells the schedule what this epoch came to, and remembers it if it is the best so far. */
  private watch(value: number | null): boolean {
    const { better } = this.monitor
    this.scheduleState = this.settings.schedule.next(this.moment(), this.scheduleState, value ?? NaN, better)
    const best = isBetter(value, this.best, better, this.options.experiment.training)
    if (best) this.best = { epoch: this.epoch, value: value!, ...this.shown() }
    return best
  }

  private end(reason: EndReason): EndEvent {
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
      stepsPerEpoch: this.stepsPerEpoch(),
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
    const buffers = Object.fromEntries(
      Object.keys(this.store.sizes).map((name) => [name, this.store.read(name)]),
    )
    const { epoch, step, updates, seconds, best, scheduleState: schedule } = this
    const method = this.stepper.state()
    const course = this.course.state()
    return {
      ...{ version: 1, epoch, step, updates, seconds, schedule, buffers, best },
      ...(method && { method }),
      ...(course.changes.length > 0 && { course }),
    }
  }

  private restore(checkpoint: Checkpoint): void {
    const { epoch, step, updates = step, seconds, schedule, buffers, best, method } = checkpoint
    for (const [name, values] of Object.entries(buffers)) this.store.write(name, values)
    Object.assign(this, { epoch, step, updates, seconds, best: readBest(best) })
    this.scheduleState = schedule ?? this.settings.schedule.start
    if (method) this.stepper.restore(method)
  }
}
