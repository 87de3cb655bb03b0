/**
 * The runs of this session. For the Train, Evaluate and Export panels:
 *
 *   const runs = useRuns()
 *   await runs.start()              trains the open experiment; becomes `current`; returns its Run (throws LabError)
 *   runs.list / runs.current        Run objects, newest last; `runs.select(id)` changes the current one
 *   await runs.change(id, { learningRate: 0.001 })     settings of a run that goes on
 *   await runs.pause(id) / resume(id) / stop(id) / step(id, 'batch' | 'epoch') / close(id)
 *
 * A Run has reactive parts (`status`, `problem`, `version`: shallow refs, read with `.value`) and buffers that are NOT
 * reactive: `startEvent`, `steps`, `epochs`, `changes`, `endEvent` are plain fields that grow in place. To follow them, read `run.version.value`
 * in the computed or watcher (it counts up once for each batch of events, at most 30 times a second) and then the arrays:
 *
 *   const losses = computed(() => (run.version.value, run.epochs.map((epoch) => epoch.train.loss)))
 *
 * `run.at` is the experiment as it was when the run started, with its folder; `run.target` the target's description then.
 * `steps` keeps at most `stepsKept` events: beyond it every second one is dropped, so that its ends and shape stay.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { TargetDescription } from '../../core/data/prepared'
import type { HelpPage } from '../../core/errors/lab-error'
import { addMeasured } from '../../core/charts/history'
import type { ExperimentAt, RunStatus } from '../../core/protocol/contract'
import type { Change, ChangeSettings } from '../../core/experiment/schema'
import type {
  ChangeEvent,
  EndEvent,
  EpochEvent,
  StartEvent,
  StatisticsEvent,
  StepEvent,
  TrainingEvent,
} from '../../core/training/events'
import { engine, listenToEngine, plain } from '../engine'
import { useExperiment } from './experiment'
import { useSettings } from './settings'

export const stepsKept = 20_000
export const statisticsKept = 301

export interface Run {
  readonly id: string
  /** `Run 3`: counted in this session. */
  readonly title: string
  readonly at: ExperimentAt
  readonly target: TargetDescription
  /** The columns that became inputs. */
  readonly features: readonly string[]
  readonly startedAt: Date
  readonly status: ShallowRef<RunStatus>
  /** Why the run failed, or why it stopped on a loss that is not finite. */
  readonly problem: ShallowRef<HelpPage | null>
  readonly version: ShallowRef<number>
  startEvent: StartEvent | null
  steps: StepEvent[]
  readonly epochs: EpochEvent[]
  /** Settings that have changed on the way. */
  readonly changes: ChangeEvent[]
  /** Every change of the run, past and to come. */
  readonly planned: ShallowRef<readonly Change[]>
  /** What the layers were like, at most `statisticsKept` times. */
  statistics: StatisticsEvent[]
  endEvent: EndEvent | null
  /** The latest step, kept even where `steps` was thinned out. */
  lastStep: StepEvent | null
  /** Nothing keeps its weights any more; a run that diverged is `failed` too, but has them. */
  isLost: boolean
}

type RunMaterial = Pick<Run, 'id' | 'title' | 'at' | 'target' | 'features'>

function createRun(material: RunMaterial): Run {
  const { at } = material
  return {
    ...material,
    startedAt: new Date(),
    status: shallowRef<RunStatus>('running'),
    problem: shallowRef<HelpPage | null>(null),
    version: shallowRef(0),
    startEvent: null,
    steps: [],
    epochs: [],
    changes: [],
    statistics: [],
    planned: shallowRef(at.experiment.training.changes ?? []),
    endEvent: null,
    lastStep: null,
    isLost: false,
  }
}

function take(run: Run, event: TrainingEvent): void {
  if (event.type === 'start') run.startEvent = event
  else if (event.type === 'epoch') run.epochs.push(event)
  else if (event.type === 'step') takeStep(run, event)
  else if (event.type === 'change') run.changes.push(event)
  else if (event.type === 'measured') addMeasured(run.epochs, event)
  else if (event.type === 'statistics') takeStatistics(run, event)
  else {
    run.endEvent = event
    if (event.problem) run.problem.value = event.problem
  }
}

function takeStatistics(run: Run, event: StatisticsEvent): void {
  run.statistics.push(event)
  // Every second one is dropped from the front on, so that first and last stay.
  if (run.statistics.length > statisticsKept) run.statistics = run.statistics.filter((_, i) => i % 2 === 0)
}

function takeStep(run: Run, event: StepEvent): void {
  run.lastStep = event
  run.steps.push(event)
  if (run.steps.length > stepsKept) run.steps = run.steps.filter((_, index) => index % 2 === 0)
}

export const useRuns = defineStore('runs', () => {
  const list = shallowRef<readonly Run[]>([])
  const currentId = shallowRef<string | null>(null)
  const current = computed(() => list.value.find((run) => run.id === currentId.value) ?? null)
  const isAnyActive = computed(() =>
    list.value.some((run) => run.status.value === 'running' || run.status.value === 'paused'),
  )
  let started = 0
  /** Events may overtake the answer of `startRun`; they wait here for their run. */
  const early = new Map<string, ((run: Run) => void)[]>()

  function withRun(id: string, act: (run: Run) => void): void {
    const run = list.value.find((candidate) => candidate.id === id)
    if (run) act(run)
    else early.set(id, [...(early.get(id) ?? []), act])
  }

  listenToEngine({
    onRunEvents: (id, events) =>
      withRun(id, (run) => {
        for (const event of events) take(run, event)
        run.version.value++
      }),
    onRunStatus: (id, status) => withRun(id, (run) => void (run.status.value = status)),
    onRunFailed: (id, problem) => withRun(id, (run) => fail(run, problem)),
  })

  function fail(run: Run, problem: HelpPage): void {
    run.isLost = true
    run.problem.value = problem
    run.status.value = 'failed'
    run.version.value++
  }

  /** Every run is lost with its engine, the finished ones with their weights; what it told so far stays. */
  function failAll(problem: HelpPage): void {
    early.clear()
    for (const run of list.value) if (!run.isLost) fail(run, problem)
  }

  /** Starts training the open experiment. @throws LabError when it cannot be trained. */
  async function start(): Promise<Run> {
    const experiment = useExperiment()
    const at = plain(experiment.at())
    const target = experiment.requireTarget()
    const features = (experiment.description?.prepared ?? []).map(({ column }) => column)
    const settings = useSettings()
    await settings.loaded
    const { runId } = await engine.startRun(at, settings.sameBits ? 'wasm' : 'auto')
    const run = createRun({ id: runId, title: `Run ${++started}`, at, target, features })
    list.value = [...list.value, run]
    currentId.value = runId
    for (const act of early.get(runId) ?? []) act(run)
    early.delete(runId)
    return run
  }

  /** Changes settings of a run that goes on. @throws LabError when one does not fit or comes too late */
  async function change(id: string, set: ChangeSettings): Promise<void> {
    const planned = await engine.changeRun(id, set)
    withRun(id, (run) => void (run.planned.value = planned))
  }

  function select(id: string): void {
    currentId.value = id
  }

  /** Frees the run's worker and forgets it. */
  async function close(id: string): Promise<void> {
    await engine.closeRun(id)
    list.value = list.value.filter((candidate) => candidate.id !== id)
    if (currentId.value === id) currentId.value = list.value.at(-1)?.id ?? null
    triggerRef(list)
  }

  return {
    list,
    current,
    isAnyActive,
    start,
    select,
    change,
    close,
    failAll,
    pause: (id: string) => engine.pauseRun(id),
    resume: (id: string) => engine.resumeRun(id),
    stop: (id: string) => engine.stopRun(id),
    step: (id: string, unit: 'batch' | 'epoch') => engine.stepRun(id, unit),
  }
})
