import { pullInSlices } from '../../protocol/pull-in-slices'
import { usualPace } from '../../protocol/session'
import { sweepPoints, type RateFinderSettings, type RatePoint } from '../../training/rate-finder'
import { createTrainingBackend } from '../backend'
import { yieldToMessages } from './yield-to-messages'
import type { PreparedRun, WorkerFunctions, WorkerReports } from './worker-api'

/** The learning-rate range test in a worker: points go out in batches, at the pace of a run's events. */
export function createSweepKeeper(
  reports: Pick<WorkerReports, 'points'>,
): Pick<WorkerFunctions, 'sweep' | 'stopSweep'> {
  let isStopped = false
  return {
    sweep: async (prepared: PreparedRun, settings: RateFinderSettings) => {
      isStopped = false
      const clock = (): number => performance.now()
      let waiting: RatePoint[] = []
      let last = -Infinity
      const flush = (): void => {
        if (waiting.length) reports.points(waiting)
        waiting = []
        last = clock()
      }
      const take = (point: RatePoint): void => {
        waiting.push(point)
        if (clock() - last >= usualPace.gap) flush()
      }
      const points = sweepPoints({ ...prepared, backend: createTrainingBackend() }, settings)
      const host = { clock, yieldControl: yieldToMessages }
      const whole = await pullInSlices(points, take, host, usualPace.slice, () => isStopped)
      flush()
      return whole
    },
    stopSweep: () => void (isStopped = true),
  }
}
