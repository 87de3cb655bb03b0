import { splitNames } from '../../data/prepared'
import type { TrainedModel } from '../../exports/export'
import { exporters } from '../../exports/registry'
import type { Evaluation } from '../../protocol/contract'
import type { Checkpoint } from '../../training/checkpoint'
import { addMeasured, type RunHistory } from '../../charts/history'
import type {
  ChangeEvent,
  EndEvent,
  EpochEvent,
  MeasuredEvent,
  StartEvent,
  StatisticsEvent,
  TrainingEvent,
} from '../../training/events'
import type { Trainer } from '../../training/trainer-api'
import { writeResumeState, type ResumeState } from './resume-state'
import type { RunFolder } from './run-folder'
import type { RecordedChange, RunRecord } from './run-record'

/** What is known of a run before it starts. */
export type RunFacts = Pick<
  RunRecord,
  'name' | 'classWeights' | 'seed' | 'backend' | 'precision' | 'threads' | 'versions' | 'command'
>

export interface RunWriterOptions {
  readonly folder: RunFolder
  readonly trainer: Pick<Trainer, 'checkpoint' | 'model'>
  readonly facts: RunFacts
  /** What an earlier part of the run did. */
  readonly earlier: Pick<ResumeState, 'epochs' | 'changes'>
  /** Of the layers, from before; left out where they are not watched. */
  readonly statistics?: readonly StatisticsEvent[]
  readonly now: () => Date
  /** Milliseconds; never set back, as the time of day may be. */
  readonly clock: () => number
  /** Least milliseconds between two checkpoints on the disk. */
  readonly checkpointGap: number
}

const nothing = { train: null, validation: null, test: null }

/** Least milliseconds between two looks at all that the training is, as they may take longer than a small network's epoch. */
const STATE_GAP = 50

/** Keeps a run folder up to date while its training goes on. `run.json` says `finished` only when all else is there. */
export class RunWriter {
  private readonly epochs: EpochEvent[]
  /** Told at the end; not among what a training goes on from, which may end later. */
  private readonly measured: MeasuredEvent[] = []
  private readonly statistics: StatisticsEvent[]
  private readonly changes: ChangeEvent[]
  private readonly started: Date
  private start: StartEvent | null = null
  private state: Checkpoint | null = null
  /** Changes that had been made then. */
  private changesOfState = 0
  private lastCheckpoint: number
  private lastState = -Infinity

  constructor(private readonly options: RunWriterOptions) {
    this.epochs = [...options.earlier.epochs]
    this.statistics = [...(options.statistics ?? [])]
    this.changes = [...(options.earlier.changes ?? [])]
    this.changesOfState = this.changes.length
    this.started = options.now()
    this.lastCheckpoint = options.clock()
  }

  /** To be called before any other file is written: from then on the folder is known as a run's that did not end. */
  open(): void {
    this.options.folder.record(this.record('running', null))
  }

  /** To be called with each group of events while the trainer is still in the state of the last of them. */
  take(events: readonly TrainingEvent[]): void {
    for (const event of events) {
      if (event.type === 'epoch') this.epochs.push(event)
      else if (event.type === 'start') this.begin(event)
      else if (event.type === 'change') this.changes.push(event)
      else if (event.type === 'statistics') this.statistics.push(event)
      else if (event.type === 'measured') this.measured.push(event)
    }
    const last = events.at(-1)
    if (last?.type === 'epoch') this.finishEpoch()
    else if (last?.type === 'end' && last.step === (this.epochs.at(-1)?.step ?? 0)) this.keepState()
  }

  /** What the curves of the run are drawn from; batches are not kept. */
  get history(): RunHistory {
    const epochs = [...this.epochs]
    for (const measured of this.measured) addMeasured(epochs, measured)
    return {
      metrics: this.start?.metrics ?? ['loss'],
      epochs,
      batches: [],
      changes: this.changes,
    }
  }

  private saveHistory(): void {
    const { epochs, metrics, changes } = this.history
    this.options.folder.history(epochs, metrics, changes)
    if (this.options.statistics) this.options.folder.statistics(this.statistics)
  }

  private begin(event: StartEvent): void {
    this.start = event
    this.open()
  }

  private keepState(): void {
    this.state = this.options.trainer.checkpoint()
    this.changesOfState = this.changes.length
  }

  private finishEpoch(): void {
    const now = this.options.clock()
    if (now - this.lastState < Math.min(STATE_GAP, this.options.checkpointGap)) return
    this.lastState = now
    this.keepState()
    if (now - this.lastCheckpoint < this.options.checkpointGap) return
    this.lastCheckpoint = now
    this.saveCheckpoint(safetensors(this.options.trainer.model()))
    this.saveHistory()
  }

  private saveCheckpoint(weights: Uint8Array): void {
    if (!this.state) return
    // A change in an epoch that was not finished will be told again when the run goes on.
    const made = this.changes.slice(0, this.changesOfState)
    const changes = made.length ? { changes: made } : {}
    const { state: checkpoint } = this
    const epochs = this.epochs.filter(({ epoch }) => epoch <= checkpoint.epoch)
    const state: ResumeState = { version: 1, checkpoint, epochs, ...changes }
    this.options.folder.checkpoint(weights, writeResumeState(state))
  }

  /** Everything but the charts and the record. */
  saveResult(): void {
    const weights = safetensors(this.options.trainer.model())
    this.options.folder.weights(weights)
    this.saveHistory()
    this.saveCheckpoint(weights)
  }

  /** The last word. */
  saveRecord(end: EndEvent, evaluation: Evaluation): void {
    const record = this.record(end.reason === 'non-finite' ? 'failed' : 'finished', end)
    const targets = metricsByTarget(evaluation)
    this.options.folder.record(targets ? { ...record, targets } : record)
  }

  private record(status: RunRecord['status'], end: EndEvent | null): RunRecord {
    const { facts, now } = this.options
    return {
      nablaRun: 1,
      name: facts.name,
      status,
      reason: end?.reason ?? null,
      started: this.started.toISOString(),
      finished: end ? now().toISOString() : null,
      seconds: end?.seconds ?? 0,
      epochs: end?.epoch ?? this.epochs.length,
      steps: end?.step ?? this.epochs.at(-1)?.step ?? 0,
      bestEpoch: end?.bestEpoch ?? 0,
      parameters: this.start?.parameters ?? 0,
      rows: this.start?.rows ?? { train: 0, validation: 0, test: 0 },
      metrics: end?.metrics ?? nothing,
      fingerprint: end?.fingerprint ?? null,
      ...(facts.classWeights && { classWeights: facts.classWeights }),
      seed: facts.seed,
      backend: facts.backend,
      precision: facts.precision,
      threads: facts.threads,
      versions: facts.versions,
      command: facts.command,
      ...(this.changes.length > 0 && { changes: this.changes.map(recordOf) }),
      ...(end?.problem && { problem: end.problem }),
    }
  }
}

/** Nothing for a target of one column. */
function metricsByTarget({ target, splits }: Evaluation): RunRecord['targets'] | undefined {
  if (!('parts' in target)) return undefined
  const of = (part: number) =>
    Object.fromEntries(splitNames.map((split) => [split, splits[split]?.parts?.[part]?.metrics ?? null]))
  return Object.fromEntries(target.parts.map(({ column }, i) => [column, of(i) as RunRecord['metrics']]))
}

const recordOf = ({ epoch, batch, step, set }: ChangeEvent): RecordedChange => ({ epoch, batch, step, set })

const safetensors = (model: TrainedModel): Uint8Array => exporters.get('safetensors').write(model)
