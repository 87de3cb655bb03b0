import { randomUUID } from 'node:crypto'
import { LabError, toHelpPage } from '../../errors/lab-error'
import type { EngineEvents, EngineFunctions } from '../../protocol/contract'
import type { TaskWish } from '../../protocol/task'
import type { LabWorker } from '../pool/lab-worker'
import type { RunPool } from '../pool/run-pool'
import { series } from './series'
import { sweep } from './sweep'
import type { ReadyTask, TaskHost, TaskKind } from './task'

const kinds: { readonly [Type in TaskWish['type']]: TaskKind<TaskWish & { type: Type }> } = {
  sweep,
  folds: series,
  repeats: series,
}

export interface TaskRunnerOptions extends Pick<EngineEvents, 'onTaskEvents'> {
  readonly pool: RunPool
  /** The worker that reads data. */
  readonly data: () => Promise<LabWorker>
}

interface RunningTask {
  readonly controller: AbortController
  readonly host: TaskHost
  done: Promise<void>
}

/** Starts and ends tasks. `workersOf` is for tests of recovery. */
export function createTaskRunner({ pool, data, onTaskEvents }: TaskRunnerOptions): Pick<
  EngineFunctions,
  'startTask' | 'stopTask'
> & {
  workersOf(taskId: string): LabWorker[]
} {
  const tasks = new Map<string, RunningTask>()

  async function run(taskId: string, { controller, host }: RunningTask, work: ReadyTask): Promise<void> {
    try {
      // Only after the answer is on its way, so that nobody hears of a task before knowing its name.
      await new Promise((resolve) => setImmediate(resolve))
      await work()
      host.tell([{ type: 'done', whole: !controller.signal.aborted }])
    } catch (error) {
      host.tell([{ type: 'done', whole: false, problem: toHelpPage(error) }])
    } finally {
      tasks.delete(taskId)
    }
  }

  return {
    startTask: async (at, wish) => {
      const taskId = `task-${randomUUID()}`
      const controller = new AbortController()
      const tell: TaskHost['tell'] = (events) => {
        if (events.length) onTaskEvents(taskId, events)
      }
      const host: TaskHost = { pool, data, tell, signal: controller.signal, workers: new Set() }
      const work = await (kinds[wish.type] as TaskKind<TaskWish>)(host, taskId, at, wish)
      const task: RunningTask = { controller, host, done: Promise.resolve() }
      tasks.set(taskId, task)
      task.done = run(taskId, task, work)
      return { taskId }
    },
    stopTask: async (taskId) => {
      const task = tasks.get(taskId)
      // One that has ended in the meantime is as stopped as can be.
      task?.controller.abort()
      await task?.done
    },
    workersOf: (taskId) => [...(tasks.get(taskId)?.host.workers ?? unknownTask(taskId))],
  }
}

function unknownTask(taskId: string): never {
  throw new LabError({
    code: 'task-unknown',
    expected: 'a task that is under way',
    came: `"${taskId}"`,
    advice: 'It has ended, or its engine was lost. Start it again.',
  })
}
