import type { TrainedModel } from '../../exports/export'
import { exporters } from '../../exports/registry'
import type { Checkpoint } from '../../training/checkpoint'
import type { EndEvent, EpochEvent, StartEvent, TrainingEvent } from '../../training/events'
import type { Trainer } from '../../training/trainer-api'
import { writeResumeState, type ResumeState } from './resume-state'
import type { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

/** What is known of a run before it starts. */
export type RunFacts = Pick<
  RunRecord,
  'name' | 'classWeights' | 'seed' | 'backend' | 'precision' | 'threads' | 'versions' | 'command'
>

export interface RunWriterOptions {
  readonly folder: RunFolder
  readonly trainer: Trainer
  readonly facts: RunFacts
  /** Epochs that an earlier part of the run did. */
  readonly earlier: readonly EpochEvent[]
  readonly now: () => Date
  /** Milliseconds; never set back, as the time of day may be. */
  readonly clock: () => number
  /** Least milliseconds between two checkpoints on the disk. */
  readonly checkpointGap: number
}

const nothing = { train: null, validation: null, test: null }

/** Keeps a run folder up to date while its training goes on. `run.json` says `finished` only when all else is there. */
export class RunWriter {
  readonly epochs: EpochEvent[]
  private readonly started: Date
  private start: StartEvent | null = null
  private state: Checkpoint | null = null
  private lastCheckpoint: number

  constructor(private readonly options: RunWriterOptions) {
    this.epochs = [...options.earlier]
    this.started = options.now()
    this.lastCheckpoint = options.clock()
  }

  /** To be called before any other file is written: from then on the folder is known as a run's that did not end. */
  open(): void {
    this.options.folder.record(this.record('running', null))
  }

  /** To be called with each event while the trainer is still in its state. */
  take(event: TrainingEvent): void {
    if (event.type === 'start') this.begin(event)
    else if (event.type === 'epoch') this.finishEpoch(event)
  }

  get metrics(): readonly string[] {
    return this.start?.metrics ?? ['loss']
  }

  private begin(event: StartEvent): void {
    this.start = event
    this.open()
  }

  private finishEpoch(event: EpochEvent): void {
    this.epochs.push(event)
    this.state = this.options.trainer.checkpoint()
    const now = this.options.clock()
    if (now - this.lastCheckpoint < this.options.checkpointGap) return
    this.lastCheckpoint = now
    this.saveCheckpoint(safetensors(this.options.trainer.model()))
    this.options.folder.history(this.epochs, this.metrics)
  }

  private saveCheckpoint(weights: Uint8Array): void {
    if (!this.state) return
    const state: ResumeState = { version: 1, checkpoint: this.state, epochs: this.epochs }
    this.options.folder.checkpoint(weights, writeResumeState(state))
  }

  /** Everything but the charts and the record. */
  saveResult(): void {
    const weights = safetensors(this.options.trainer.model())
    this.options.folder.weights(weights)
    this.options.folder.history(this.epochs, this.metrics)
    this.saveCheckpoint(weights)
  }

  /** The last word. */
  saveRecord(end: EndEvent): void {
    this.options.folder.record(this.record(end.reason === 'non-finite' ? 'failed' : 'finished', end))
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
      ...(end?.problem && { problem: end.problem }),
    }
  }
}

const safetensors = (model: TrainedModel): Uint8Array => exporters.get('safetensors').write(model)
