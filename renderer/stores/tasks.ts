import type { HelpPage } from '../../core/errors/lab-error'
import type { ExperimentAt } from '../../core/protocol/contract'
import type { TaskEvent, TaskWish } from '../../core/protocol/task'
import { engine, listenToEngine } from '../engine'

type Take = (event: TaskEvent) => void

/** Who hears of which task; a task is forgotten with its last event. */
const tasks = new Map<string, Take>()

function pass(id: string, events: readonly TaskEvent[]): void {
  const take = tasks.get(id)
  for (const event of events) {
    if (event.type === 'done') tasks.delete(id)
    take?.(event)
  }
}
listenToEngine({ onTaskEvents: pass })

/**
 * Starts a task in the engine; `take` hears its events, `done` as the last, also where the engine dies.
 * @returns its name @throws LabError when it cannot begin
 */
export async function startTask(at: ExperimentAt, wish: TaskWish, take: Take): Promise<string> {
  const { taskId } = await engine.startTask(at, wish)
  tasks.set(taskId, take)
  return taskId
}

/** Ends a task; what it told before stays. */
export const stopTask = (id: string): Promise<void> => engine.stopTask(id)

/** Every task is lost with its engine. */
export function failTasks(problem: HelpPage): void {
  for (const id of [...tasks.keys()]) pass(id, [{ type: 'done', whole: false, problem }])
}
