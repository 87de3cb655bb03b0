import { computed, onScopeDispose, shallowRef } from 'vue'
import { toHelpPage } from '../../../../core/errors/lab-error'
import type { HelpPage } from '../../../../core/errors/lab-error'
import type { ExperimentAt } from '../../../../core/protocol/contract'
import type { TaskEvent } from '../../../../core/protocol/task'
import { judgeSweep } from '../../../../core/training/rate-finder'
import type { RateFinderSettings, RatePoint } from '../../../../core/training/rate-finder'
import { startTask, stopTask } from '../../../stores/tasks'

/** One learning-rate sweep at a time, as it streams. It ends with whoever uses it. */
export function useSweep(first: RateFinderSettings) {
  const settings = shallowRef(first)
  const points = shallowRef<readonly RatePoint[]>([])
  const problem = shallowRef<HelpPage | null>(null)
  const isRunning = shallowRef(false)
  /** Broken off: what is shown is not all that was asked for. */
  const wasStopped = shallowRef(false)
  let id: string | null = null
  let isOver = false

  function take(event: TaskEvent): void {
    if (event.type === 'points') points.value = [...points.value, ...event.points]
    if (event.type !== 'done') return
    isRunning.value = false
    problem.value = event.problem ?? null
    wasStopped.value = !event.whole
    id = null
  }

  async function start(at: ExperimentAt, wanted: RateFinderSettings): Promise<void> {
    if (isRunning.value) return
    settings.value = wanted
    points.value = []
    problem.value = null
    isRunning.value = true
    try {
      id = await startTask(at, { type: 'sweep', settings: wanted }, take)
      if (isOver) await stop()
    } catch (error) {
      problem.value = toHelpPage(error)
      isRunning.value = false
    }
  }

  async function stop(): Promise<void> {
    if (id !== null) await stopTask(id)
  }

  onScopeDispose(() => {
    isOver = true
    stop().catch(() => undefined)
  })
  return {
    settings,
    points,
    problem,
    isRunning,
    wasStopped,
    finding: computed(() => judgeSweep(points.value, settings.value)),
    start,
    stop,
  }
}
