/**
 * Cross-validations and repeats of this session. Like a Run, a Series has reactive parts (`status`, `problem`, `version`)
 * and plain buffers that grow in place; read `series.version.value` to follow them.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { HelpPage } from '../../core/errors/lab-error'
import type { ExperimentAt } from '../../core/protocol/contract'
import type { TaskEvent } from '../../core/protocol/task'
import type { StartEvent, StepEvent } from '../../core/training/events'
import type { MemberResult } from '../../core/training/series'
import type { SeriesWish } from '../../core/training/series-kinds'
import { plain } from '../engine'
import { useRuns } from './runs'
import { startTask, stopTask } from './tasks'

export type SeriesStatus = 'running' | 'finished' | 'stopped' | 'failed'

/** How far one training is that is under way. */
export interface MemberProgress {
  start: StartEvent | null
  step: StepEvent | null
}

export interface Series {
  readonly id: string
  /** `Cross-validation 2`: counted in this session. */
  readonly title: string
  readonly wish: SeriesWish
  /** The experiment as it was when the series started. */
  readonly at: ExperimentAt
  readonly status: ShallowRef<SeriesStatus>
  /** Why it failed. */
  readonly problem: ShallowRef<HelpPage | null>
  /** Counts up with each event. */
  readonly version: ShallowRef<number>
  /** By their numbers. */
  results: readonly MemberResult[]
  /** By their numbers, those that are under way. */
  readonly running: Map<number, MemberProgress>
  /** On the window's own clock, milliseconds. */
  readonly began: number
  /** Milliseconds from beginning to end; null while it is under way. */
  took: number | null
}

const titles: Readonly<Record<SeriesWish['type'], string>> = {
  folds: 'Cross-validation',
  repeats: 'Repeats',
}

function take(series: Series, event: TaskEvent): void {
  if (event.type === 'training') {
    const known = series.running.get(event.number) ?? { start: null, step: null }
    if (event.event.type === 'start') known.start = event.event
    if (event.event.type === 'step') known.step = event.event
    series.running.set(event.number, known)
  } else if (event.type === 'result') {
    series.running.delete(event.result.number)
    series.results = [...series.results, event.result].sort((a, b) => a.number - b.number)
  } else if (event.type === 'done') {
    series.running.clear()
    series.took = performance.now() - series.began
    series.problem.value = event.problem ?? null
    series.status.value = event.problem ? 'failed' : event.whole ? 'finished' : 'stopped'
  }
  series.version.value++
}

export const useSeries = defineStore('series', () => {
  const list = shallowRef<readonly Series[]>([])
  const currentId = shallowRef<string | null>(null)
  /** The one that the Train panel shows in place of a run. */
  const current = computed(() => list.value.find(({ id }) => id === currentId.value) ?? null)
  const counts: Record<SeriesWish['type'], number> = { folds: 0, repeats: 0 }

  /** @throws LabError when it cannot begin */
  async function start(at: ExperimentAt, wish: SeriesWish): Promise<Series> {
    let series: Series | null = null
    const id = await startTask(plain(at), wish, (event) => series && take(series, event))
    series = {
      id,
      title: `${titles[wish.type]} ${++counts[wish.type]}`,
      wish,
      at: plain(at),
      status: shallowRef<SeriesStatus>('running'),
      problem: shallowRef<HelpPage | null>(null),
      version: shallowRef(0),
      results: [],
      running: new Map(),
      began: performance.now(),
      took: null,
    }
    list.value = [...list.value, series]
    currentId.value = id
    return series
  }

  const show = (id: string | null): void => void (currentId.value = id)

  /** Ends it if need be, and forgets it. */
  async function close(id: string): Promise<void> {
    await stopTask(id)
    list.value = list.value.filter((series) => series.id !== id)
    if (currentId.value === id) currentId.value = null
  }

  // Whoever starts a run or chooses one wants to see it.
  const runs = useRuns()
  watch(
    () => runs.current?.id,
    () => show(null),
  )

  return { list, current, start, stop: stopTask, show, close }
})
