import type { BackendWish } from '../../backends/wish'
import type {
  DataDescription,
  EngineFunctions,
  Evaluation,
  ExperimentAt,
  FilePrediction,
  GivenReading,
  Proposal,
  RunStatus,
  TablePreview,
} from '../../protocol/contract'
import type { AbsentColumns } from '../../data/match-columns'
import type { PreparedData } from '../../data/prepared'
import type { HelpPage } from '../../errors/lab-error'
import type { SelfTestVerdict } from '../../protocol/self-test'
import type { StepUnit } from '../../protocol/session'
import type { Change, ChangeSettings, DataSource, Experiment } from '../../experiment/schema'
import type { TrainingEvent } from '../../training/events'
import type { RateFinderSettings, RatePoint } from '../../training/rate-finder'
import type { SeriesWish } from '../../training/series-kinds'

/** An experiment with all its defaults resolved against its data, ready to train on shared memory. */
export interface PreparedRun {
  readonly experiment: Experiment
  readonly data: PreparedData
}

/** What the engine asks of a worker. One worker keeps at most one run. */
export interface WorkerFunctions {
  propose(source: DataSource, target?: string | readonly string[], reading?: GivenReading): Promise<Proposal>
  preview(at: ExperimentAt): Promise<TablePreview>
  describe(at: ExperimentAt): Promise<DataDescription>
  inspect: EngineFunctions['inspect']
  profile: EngineFunctions['profile']
  profileColumn: EngineFunctions['profileColumn']
  rows: EngineFunctions['rows']
  tryReading: EngineFunctions['tryReading']
  /** Reads and encodes the data into shared memory, which other workers can train on. */
  prepare(at: ExperimentAt): Promise<PreparedRun>
  /** Keeps the table of a series, by a name of the caller's; gives its first training. */
  openSeries(id: string, at: ExperimentAt, wish: SeriesWish): Promise<PreparedRun>
  /** One training of a series that is open; counted from 1. */
  prepareMember(id: string, number: number): PreparedRun
  closeSeries(id: string): void
  start(run: PreparedRun, backend: BackendWish): void
  pause(): void
  resume(): void
  step(unit: StepUnit): Promise<void>
  change(set: ChangeSettings): readonly Change[]
  stop(): Promise<void>
  evaluate(): Evaluation
  export(format: string, file: string): { bytes: number }
  predict(file: string, absent: AbsentColumns): Promise<FilePrediction>
  /** Writes what `predict` was last asked for. */
  savePredictions(file: string): { bytes: number }
  /** Forgets the run, so that the worker can take another. */
  release(): Promise<void>
  /** The learning-rate range test; its points are reported. Resolves at its end: false when it was stopped. */
  sweep(run: PreparedRun, settings: RateFinderSettings): Promise<boolean>
  stopSweep(): void
  selfTest(threads: number): Promise<SelfTestVerdict>
}

/** What a worker tells the engine, without waiting for an answer. */
export interface WorkerReports {
  events(events: readonly TrainingEvent[]): void
  status(status: RunStatus): void
  failed(problem: HelpPage): void
  points(points: readonly RatePoint[]): void
}
