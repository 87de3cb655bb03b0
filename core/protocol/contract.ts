import type { BackendWish } from '../backends/wish'
import type { ReadingTrial } from '../data/cells/try-reading'
import type { Findings } from '../data/findings/finding'
import type { AbsentColumns, ColumnMatch } from '../data/match-columns'
import type { MissingHistory } from '../data/derived/missing-history'
import type { UnseenCells } from '../data/unseen'
import type { ByTarget } from '../data/profile/by-target'
import type { TableProfile } from '../data/profile/profile-table'
import type { RowsPage, RowsWish } from '../data/rows/rows-wish'
import type { PreparedNote } from '../data/preparing/describe'
import type { ColumnSummary, SplitName, TargetDescription } from '../data/prepared'
import type { SplitContents } from '../data/splits/contents'
import type { HelpPage } from '../errors/lab-error'
import type {
  Change,
  ChangeSettings,
  ColumnSettings,
  CsvSettings,
  DataSource,
  Experiment,
  TableFormat,
} from '../experiment/schema'
import type { MetricValues, TrainingEvent } from '../training/events'
import type { SelfTestVerdict } from './self-test'
import type { TaskEvent, TaskWish } from './task'

/** Where an experiment's relative paths start from: the folder of its file, or of the CSV file it was proposed for. */
export interface ExperimentAt {
  readonly experiment: Experiment
  readonly folder: string
}

/** Settings of a file's reading that need not be found out. */
export interface GivenReading {
  readonly format?: TableFormat | undefined
  readonly csv?: CsvSettings | undefined
}

export interface TablePreview {
  readonly name: string
  readonly rowCount: number
  /** What was sniffed or given. */
  readonly csv: CsvSettings
  /** Left out for files of several formats. */
  readonly format?: TableFormat
  readonly columns: readonly ColumnSummary[]
  /** The first rows (at most 200) as they stand in the file; null is a missing cell. */
  readonly rows: readonly (readonly (string | null)[])[]
}

/** One of several labels: how many rows of each split have the second of its classes. */
export interface LabelBalance {
  readonly column: string
  readonly classes: readonly [string, string]
  readonly counts: Readonly<Record<SplitName, number>>
}

/** What the encoding makes of the table: enough for the window to check shapes and draw class balances. */
export interface DataDescription extends Findings {
  readonly inputs: readonly string[]
  /** Columns that come as codes; they are the first of the inputs. */
  readonly codes: readonly string[]
  /** How each feature becomes inputs, in the order of the inputs. */
  readonly prepared: readonly PreparedNote[]
  readonly target: TargetDescription
  readonly rows: Readonly<Record<SplitName, number>>
  /** Rows of each class in each split, in the order of the target's classes; null for number targets. */
  readonly balance: Readonly<Record<SplitName, readonly number[]>> | null
  /** Of several labels: how often each is there. */
  readonly labels?: readonly LabelBalance[]
  /** What each split holds beside rows and classes. */
  readonly contents: SplitContents
  /** Rows left out, as their target cell (or a cell of a `drop` column) is missing, or as they repeat another. */
  readonly dropped: number
}

export interface Proposal {
  readonly at: ExperimentAt
  readonly preview: TablePreview
}

export interface SplitEvaluation {
  readonly rows: number
  readonly metrics: MetricValues
  /** [true class][predicted class], for binary and category targets. */
  readonly confusion?: readonly (readonly number[])[]
  /** Points (at most 2,000, evenly taken), for number targets: truth and prediction in the target's own unit, and file row. */
  readonly points?: readonly { readonly truth: number; readonly prediction: number; readonly row: number }[]
  /** Of several columns, each by itself, in the order of the target's parts; their metrics are without the loss. */
  readonly parts?: readonly SplitEvaluation[]
}

export interface Evaluation {
  readonly target: TargetDescription
  readonly metricLabels: Readonly<Record<string, string>>
  readonly splits: Readonly<Record<SplitName, SplitEvaluation | null>>
}

export type PredictedKind = 'number' | 'class' | 'probability'

/** What a network says of the rows of a file, and how the file fits the table that it was trained with. */
export interface FilePrediction {
  readonly match: ColumnMatch
  /** Cells with a category that training never saw. */
  readonly unseen: readonly UnseenCells[]
  /** Inputs from earlier rows that the file lacks for some of its rows, as for its first ones. */
  readonly missingHistory: readonly MissingHistory[]
  readonly rowCount: number
  /** Columns of the file, then those of the predictions. */
  readonly header: readonly string[]
  /** How many of the columns stand in the file. */
  readonly own: number
  /** What each of the other columns holds. */
  readonly made: readonly PredictedKind[]
  /** The first rows (at most 200), as they will be written. */
  readonly rows: readonly (readonly string[])[]
}

export type RunStatus = 'running' | 'paused' | 'finished' | 'failed'

/** What the window may ask of the engine. Plain data in and out; a failure is thrown as a LabError page. */
export interface EngineFunctions {
  /** Reads a file of data, several of one shape, or `sample:NAME`, and proposes an experiment for it. */
  propose(source: DataSource, target?: string | readonly string[], reading?: GivenReading): Promise<Proposal>
  /** The table of an experiment again, after its CSV settings or column types changed. */
  preview(at: ExperimentAt): Promise<TablePreview>
  /** Fits preprocessing and split, and tells what comes out. */
  describe(at: ExperimentAt): Promise<DataDescription>
  /** What the guard says of the cells alone, where `describe` fails. */
  inspect(at: ExperimentAt): Promise<Findings>
  /** How each column goes with a target: the one named, or the first. */
  profile(at: ExperimentAt, target?: string): Promise<TableProfile>
  /** How the values of one column lie for each class of the target, or along its numbers; null for an unknown column. */
  profileColumn(at: ExperimentAt, column: string, target?: string): Promise<ByTarget | null>
  /** A page of the table's cells, sorted and filtered. */
  rows(at: ExperimentAt, wish: RowsWish): Promise<RowsPage>
  /** What other settings would make of a column's cells, as they are written. */
  tryReading(at: ExperimentAt, column: string, settings: ColumnSettings): Promise<ReadingTrial>
  /** Starts training on a worker; events follow through `onRunEvents`. Left out, `backend` is `wasm`. */
  startRun(at: ExperimentAt, backend?: BackendWish): Promise<{ runId: string }>
  pauseRun(runId: string): Promise<void>
  resumeRun(runId: string): Promise<void>
  /** Trains one batch or one epoch of a paused run, which stays paused. */
  stepRun(runId: string, unit: 'batch' | 'epoch'): Promise<void>
  /**
   * Changes settings of a run that goes on; tells all its changes, past and to come. A `change` event follows when one
   * takes effect: a rate with the next batch, batch size and schedule with the next epoch.
   */
  changeRun(runId: string, set: ChangeSettings): Promise<readonly Change[]>
  /** Ends the run and keeps the best weights so far. */
  stopRun(runId: string): Promise<void>
  /** Evaluates the weights that the run keeps now; works while it is paused or after its end. */
  evaluateRun(runId: string): Promise<Evaluation>
  /**
   * Runs the weights that the run keeps now over a table; columns that it lacks are a help page, or empty. Works while
   * it is paused or after its end.
   */
  predictFile(runId: string, file: string, absent: AbsentColumns): Promise<FilePrediction>
  /** Writes the table of the run's last `predictFile` with the predictions beside it. */
  savePredictions(runId: string, file: string): Promise<{ bytes: number }>
  /** Writes the run's weights to a file, in a format of `core/exports`; tells the file's size. */
  exportRun(runId: string, format: string, file: string): Promise<{ bytes: number }>
  /** Frees the worker that keeps a run. */
  closeRun(runId: string): Promise<void>
  /** Starts a task on workers of its own; its events follow through `onTaskEvents`. */
  startTask(at: ExperimentAt, wish: TaskWish): Promise<{ taskId: string }>
  /** Ends the task and frees its workers; what it told so far stays. Resolves when its last event is posted. */
  stopTask(taskId: string): Promise<void>
  /** Trains the fixed set of the self-test on a worker of its own, a few seconds. @param threads that share large steps */
  selfTest(threads: number): Promise<SelfTestVerdict>
  /** For tests of recovery only: ends the workers of a run or a task without warning. Present only when the app was started for tests. */
  killWorker?(id: string): Promise<void>
}

/** What the engine tells the window. */
export interface EngineEvents {
  /** In order, at most 30 times a second. */
  onRunEvents(runId: string, events: readonly TrainingEvent[]): void
  onRunStatus(runId: string, status: RunStatus): void
  /** The run's worker died or threw; the run is lost, the engine lives. */
  onRunFailed(runId: string, problem: HelpPage): void
  /** In order; `done` is the last. */
  onTaskEvents(taskId: string, events: readonly TaskEvent[]): void
}
