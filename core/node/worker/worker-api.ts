import type {
  DataDescription,
  Evaluation,
  ExperimentAt,
  Proposal,
  RunStatus,
  TablePreview,
} from '../../protocol/contract'
import type { PreparedData } from '../../data/prepared'
import type { HelpPage } from '../../errors/lab-error'
import type { StepUnit } from '../../protocol/session'
import type { Experiment } from '../../experiment/schema'
import type { TrainingEvent } from '../../training/events'

/** An experiment with all its defaults resolved against its data, ready to train on shared memory. */
export interface PreparedRun {
  readonly experiment: Experiment
  readonly data: PreparedData
}

/** What the engine asks of a worker. One worker keeps at most one run. */
export interface WorkerFunctions {
  propose(source: string, target?: string): Promise<Proposal>
  preview(at: ExperimentAt): Promise<TablePreview>
  describe(at: ExperimentAt): Promise<DataDescription>
  /** Reads and encodes the data into shared memory, which other workers can train on. */
  prepare(at: ExperimentAt): Promise<PreparedRun>
  start(run: PreparedRun): void
  pause(): void
  resume(): void
  step(unit: StepUnit): Promise<void>
  stop(): Promise<void>
  evaluate(): Evaluation
  export(format: string, file: string): { bytes: number }
  /** Forgets the run, so that the worker can take another. */
  release(): void
}

/** What a worker tells the engine, without waiting for an answer. */
export interface WorkerReports {
  events(events: readonly TrainingEvent[]): void
  status(status: RunStatus): void
  failed(problem: HelpPage): void
}
