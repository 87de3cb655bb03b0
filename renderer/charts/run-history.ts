import { batchPoint } from '../../core/charts/history'
import type { BatchPoint, RunHistory } from '../../core/charts/history'
import type { StepEvent } from '../../core/training/events'
import type { Run } from '../stores/runs'

/** Points of the steps seen so far, so that a frame converts only the new ones; a thinned list starts anew. */
const converted = new WeakMap<readonly StepEvent[], BatchPoint[]>()

function batchesOf(run: Run): readonly BatchPoint[] {
  const points = converted.get(run.steps) ?? []
  for (let i = points.length; i < run.steps.length; i++) points.push(batchPoint(run.steps[i]!))
  converted.set(run.steps, points)
  return points
}

/** What the curves of a run are drawn from, as of now. Reactive: it follows the run's events. */
export function historyOf(run: Run, withBatches = true): RunHistory {
  void run.version.value
  const metrics = run.startEvent?.metrics ?? ['loss']
  return { metrics, epochs: run.epochs, batches: withBatches ? batchesOf(run) : [], changes: run.changes }
}
