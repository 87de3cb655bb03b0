import type { ExperimentAt } from '../../protocol/contract'
import type { TaskEvent, TaskWish } from '../../protocol/task'
import type { LabWorker } from '../pool/lab-worker'
import type { RunPool } from '../pool/run-pool'

/** What a task may use of the engine. */
export interface TaskHost {
  readonly pool: RunPool
  /** The worker that reads data. */
  data(): Promise<LabWorker>
  /** Tells the window. */
  tell(events: readonly TaskEvent[]): void
  /** Aborted when the task must end early; what it told before stays true. */
  readonly signal: AbortSignal
  /** Workers of this task; whoever takes one adds it. */
  readonly workers: Set<LabWorker>
}

/** A task that is ready to go: all that could be refused has been looked at. */
export type ReadyTask = () => Promise<void>

/** A kind of task: gets ready, which may be refused, and gives the work itself. @param id names it in this engine */
export type TaskKind<Wish extends TaskWish> = (
  host: TaskHost,
  id: string,
  at: ExperimentAt,
  wish: Wish,
) => Promise<ReadyTask>
