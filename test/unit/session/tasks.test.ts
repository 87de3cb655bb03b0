import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTrainingBackend } from '../../../core/node/backend'
import { prepareRun } from '../../../core/node/data/prepare-run'
import { createEngine, type Engine } from '../../../core/node/engine'
import type { ExperimentAt } from '../../../core/protocol/contract'
import type { DoneEvent, TaskEvent } from '../../../core/protocol/task'
import { findRate, judgeSweep, usualSweep } from '../../../core/training/rate-finder'
import { trainSeries, type MemberResult } from '../../../core/training/series'
import { seriesMembers, type SeriesWish } from '../../../core/training/series-kinds'
import { buildWorker } from './build-worker'
import { until } from './until'

let workerFile = ''
let engine: Engine
const told = new Map<string, TaskEvent[]>()

beforeAll(async () => {
  workerFile = await buildWorker()
}, 60_000)
afterEach(() => engine.close())

async function irisFor(epochs: number, maximum?: number): Promise<ExperimentAt> {
  told.clear()
  engine = createEngine({
    workerFile,
    allowKill: true,
    maximum,
    onRunEvents: () => undefined,
    onRunStatus: () => undefined,
    onRunFailed: () => undefined,
    onTaskEvents: (id, events) => told.set(id, [...(told.get(id) ?? []), ...events]),
  })
  const { at } = await engine.propose('sample:iris')
  const training = { ...at.experiment.training, epochs, earlyStopping: null }
  return { ...at, experiment: { ...at.experiment, training } }
}

const eventsOf = (id: string): TaskEvent[] => told.get(id) ?? []
const resultsOf = (id: string): MemberResult[] =>
  eventsOf(id)
    .flatMap((event) => (event.type === 'result' ? [event.result] : []))
    .sort((a, b) => a.number - b.number)
const doneOf = (id: string): Promise<DoneEvent> =>
  until(() => eventsOf(id).find((event): event is DoneEvent => event.type === 'done'), `the end of ${id}`)

/** The same series in this thread, one training after the other. */
async function alone(at: ExperimentAt, wish: SeriesWish): Promise<MemberResult[]> {
  const { experiment, data, read } = await prepareRun(at)
  const members = seriesMembers(wish, { experiment, data, table: read.table })
  const host = { createBackend: createTrainingBackend, clock: () => performance.now() / 1000 }
  return [...trainSeries(members, host)].flatMap((event) => (event.type === 'result' ? [event.result] : []))
}

const timeless = (results: readonly MemberResult[]) => results.map((result) => ({ ...result, seconds: 0 }))

describe('a series in the engine', () => {
  it.each<SeriesWish>([
    { type: 'folds', count: 5 },
    { type: 'repeats', count: 3, varySplit: false },
    { type: 'repeats', count: 2, varySplit: true },
  ])('%j gives the results of the same series in one thread', async (wish) => {
    const at = await irisFor(12)
    const { taskId } = await engine.startTask(at, wish)
    expect(await doneOf(taskId)).toEqual({ type: 'done', whole: true })
    expect(timeless(resultsOf(taskId))).toEqual(timeless(await alone(at, wish)))
  })

  it('trains on where only one worker is free, and is refused where none is', async () => {
    const at = await irisFor(5, 2)
    const { taskId } = await engine.startTask(at, { type: 'folds', count: 3 })
    expect(await doneOf(taskId)).toMatchObject({ whole: true })
    expect(resultsOf(taskId).map(({ number }) => number)).toEqual([1, 2, 3])
    await engine.startRun(at)
    const refused = await engine.startTask(at, { type: 'folds', count: 3 })
    expect(await doneOf(refused.taskId)).toMatchObject({ problem: { code: 'too-many-runs' } })
  })

  it('keeps what is finished when it is stopped, and its workers serve the next run untouched', async () => {
    const at = await irisFor(400, 3)
    const { taskId } = await engine.startTask(at, { type: 'folds', count: 50 })
    await until(() => resultsOf(taskId).length >= 2, 'two results')
    await engine.stopTask(taskId)
    expect(await doneOf(taskId)).toEqual({ type: 'done', whole: false })
    const kept = resultsOf(taskId).length
    expect(kept).toBeLessThan(50)
    const again = await engine.startTask(at, { type: 'repeats', count: 2, varySplit: false })
    expect(await doneOf(again.taskId)).toMatchObject({ whole: true })
    expect(resultsOf(taskId)).toHaveLength(kept)
    expect(eventsOf(again.taskId).filter(({ type }) => type === 'result')).toHaveLength(2)
  })

  it('fails with a help page when a worker dies, with what was finished before', async () => {
    const at = await irisFor(400)
    const { taskId } = await engine.startTask(at, { type: 'folds', count: 50 })
    await until(() => resultsOf(taskId).length >= 1, 'a result')
    await engine.killWorker!(taskId)
    const done = await doneOf(taskId)
    expect(done).toMatchObject({ whole: false, problem: { code: 'worker-lost' } })
    expect(resultsOf(taskId).length).toBeGreaterThan(0)
  })

  it('is refused at once where it cannot begin', async () => {
    const at = await irisFor(5)
    await expect(engine.startTask(at, { type: 'folds', count: 500 })).rejects.toMatchObject({
      code: 'bad-folds',
    })
    const group = engine.startTask(at, { type: 'folds', count: 3, group: 'nobody' })
    await expect(group).rejects.toMatchObject({ code: 'unknown-column' })
  })
})

describe('a learning-rate sweep in the engine', () => {
  it('streams the points of the same sweep in one thread', async () => {
    const at = await irisFor(5)
    const { taskId } = await engine.startTask(at, { type: 'sweep', settings: usualSweep })
    expect(await doneOf(taskId)).toEqual({ type: 'done', whole: true })
    const points = eventsOf(taskId).flatMap((event) => (event.type === 'points' ? event.points : []))
    const { experiment, data } = await prepareRun(at)
    const backend = createTrainingBackend()
    expect(judgeSweep(points, usualSweep)).toEqual(findRate({ experiment, data, backend }))
  })

  it('stops on request, and fails with the help page of what it was asked', async () => {
    const at = await irisFor(5)
    const endless = await engine.startTask(at, {
      type: 'sweep',
      settings: { ...usualSweep, highest: 2e-6, steps: 10_000_000 },
    })
    await until(() => eventsOf(endless.taskId).length > 3, 'points')
    await engine.stopTask(endless.taskId)
    expect(eventsOf(endless.taskId).at(-1)).toEqual({ type: 'done', whole: false })
    const bad = await engine.startTask(at, { type: 'sweep', settings: { ...usualSweep, steps: 3 } })
    expect(await doneOf(bad.taskId)).toMatchObject({ whole: false, problem: { code: 'bad-rates' } })
  })
})
