import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HelpPage } from '../../../core/errors/lab-error'
import { exporters } from '../../../core/exports/registry'
import { createEngine, type Engine } from '../../../core/node/engine'
import selftest from '../../../core/node/selftest/selftest.json'
import type { ExperimentAt, RunStatus } from '../../../core/protocol/contract'
import type { EndEvent, TrainingEvent } from '../../../core/training/events'
import { buildWorker } from './build-worker'
import { until } from './until'

let workerFile = ''
let folder = ''
let engine: Engine
const events = new Map<string, TrainingEvent[]>()
const statuses = new Map<string, RunStatus[]>()
const failures = new Map<string, HelpPage>()

beforeAll(async () => {
  workerFile = await buildWorker()
  folder = mkdtempSync(join(tmpdir(), 'nabla-engine-'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => engine.close())

function start(maximum?: number): void {
  for (const map of [events, statuses, failures]) map.clear()
  engine = createEngine({
    workerFile,
    allowKill: true,
    maximum,
    onRunEvents: (id, batch) => events.set(id, [...(events.get(id) ?? []), ...batch]),
    onRunStatus: (id, status) => statuses.set(id, [...(statuses.get(id) ?? []), status]),
    onRunFailed: (id, page) => failures.set(id, page),
    onTaskEvents: () => undefined,
  })
}

const endOf = (id: string): Promise<EndEvent> =>
  until(() => events.get(id)?.find((event): event is EndEvent => event.type === 'end'), `the end of ${id}`)

/** The experiment with as many epochs as said, all of them trained. */
const lasting = (at: ExperimentAt, epochs: number): ExperimentAt => ({
  ...at,
  experiment: { ...at.experiment, training: { ...at.experiment.training, epochs, earlyStopping: null } },
})

/** An experiment that would take minutes. */
const endless = (at: ExperimentAt): ExperimentAt => lasting(at, 1_000_000)

describe('the engine', () => {
  it('trains the set of the self-test on a worker, whatever the number of threads, with the bits of this version', async () => {
    start()
    for (const threads of [1, 2]) {
      const verdict = await engine.selfTest(threads)
      expect(verdict).toEqual({
        hash: selftest.hash,
        expected: selftest.hash,
        matches: true,
        trainings: selftest.experiments.length,
      })
    }
  }, 60_000)

  it('proposes, describes, trains, evaluates and exports', async () => {
    start()
    const { at, preview } = await engine.propose('sample:iris')
    expect([preview.rowCount, preview.columns.length, preview.rows.length]).toEqual([150, 5, 150])
    const description = await engine.describe(at)
    expect(description.rows.train + description.rows.validation + description.rows.test).toBe(150)
    const { runId } = await engine.startRun(at)
    const end = await endOf(runId)
    // The last status comes after the last events, in a message of its own.
    await until(() => statuses.get(runId)?.includes('finished'), 'the last status')
    expect(statuses.get(runId)).toEqual(['running', 'finished'])
    const evaluation = await engine.evaluateRun(runId)
    expect(evaluation.splits.test?.metrics).toEqual(end.metrics.test)
    expect(evaluation.splits.train?.confusion?.flat().reduce((a, b) => a + b)).toBe(description.rows.train)
    const file = join(folder, 'weights.safetensors')
    await engine.exportRun(runId, 'safetensors', file)
    const arrays = exporters.get('safetensors').read(new Uint8Array(await readFile(file)))
    expect(arrays.at(-1)?.shape).toEqual([3])
    await engine.closeRun(runId)
    await expect(engine.evaluateRun(runId)).rejects.toMatchObject({ code: 'run-unknown' })
  })

  it('trains two runs at once, pauses one, steps it and stops both', async () => {
    start()
    const { at } = await engine.propose('sample:two-moons')
    const [first, second] = await Promise.all([engine.startRun(endless(at)), engine.startRun(endless(at))])
    await until(() => events.get(first.runId) && events.get(second.runId), 'events of both')
    await engine.pauseRun(first.runId)
    await until(() => statuses.get(first.runId)?.at(-1) === 'paused', 'the pause')
    const before = events.get(first.runId)!.length
    const other = events.get(second.runId)!.length
    await until(() => events.get(second.runId)!.length > other + 20, 'the other run going on')
    expect(events.get(first.runId)!.length).toBe(before)
    await engine.stepRun(first.runId, 'batch')
    await until(() => events.get(first.runId)!.length > before, 'the step')
    expect(
      events
        .get(first.runId)!
        .slice(before)
        .filter((event) => event.type === 'step').length,
    ).toBe(1)
    await Promise.all([engine.stopRun(first.runId), engine.stopRun(second.runId)])
    expect((await endOf(first.runId)).reason).toBe('stopped')
    expect((await endOf(second.runId)).reason).toBe('stopped')
  })

  it('changes settings of a run that goes on; the changed experiment alone trains to the same weights', async () => {
    start()
    const { at } = await engine.propose('sample:iris')
    const { runId } = await engine.startRun(endless(at))
    await until(() => events.get(runId)?.some((event) => event.type === 'epoch'), 'an epoch')
    await engine.pauseRun(runId)
    await until(() => statuses.get(runId)?.at(-1) === 'paused', 'the pause')
    const changes = await engine.changeRun(runId, { learningRate: 0.002, batchSize: 48 })
    await expect(engine.changeRun(runId, { learningRate: -1 })).rejects.toMatchObject({ code: 'bad-setting' })
    const place = changes.at(-1)!.epoch
    for (let epoch = 0; epoch < 3; epoch++) await engine.stepRun(runId, 'epoch')
    const told = () => events.get(runId)!.filter((event) => event.type === 'change')
    await until(() => told().length === changes.length, 'the changes')
    expect(told().map(({ epoch, batch, set }) => ({ epoch, batch, set }))).toEqual(changes)
    await engine.stopRun(runId)
    const live = await endOf(runId)
    expect(live.epoch).toBeGreaterThan(place)
    const replayed = lasting(at, live.epoch)
    const training = { ...replayed.experiment.training, changes: [...changes] }
    const again = await engine.startRun({ ...replayed, experiment: { ...replayed.experiment, training } })
    expect((await endOf(again.runId)).fingerprint).toBe(live.fingerprint)
  })

  it('gives the same fingerprint every time, in a fresh worker and in a used one', async () => {
    start()
    const { at } = await engine.propose('sample:iris')
    const prints: string[] = []
    for (let time = 0; time < 3; time++) {
      const { runId } = await engine.startRun(at)
      prints.push((await endOf(runId)).fingerprint)
      await engine.closeRun(runId)
    }
    expect(new Set(prints).size).toBe(1)
    expect(prints[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  it('outlives a worker: its run fails with a help page, pending calls too, and the next run works', async () => {
    start()
    const { at } = await engine.propose('sample:iris')
    const { runId } = await engine.startRun(endless(at))
    await until(() => events.get(runId), 'events')
    const pending = engine.stepRun(runId, 'epoch').catch((error: unknown) => error)
    await engine.pauseRun(runId)
    const stepping = engine.stopRun(runId).catch((error: unknown) => error)
    await engine.killWorker!(runId)
    await until(() => failures.get(runId), 'the failure')
    expect(failures.get(runId)).toMatchObject({ code: 'worker-lost' })
    expect(statuses.get(runId)?.at(-1)).toBe('failed')
    await pending
    await stepping
    await expect(engine.pauseRun(runId)).rejects.toMatchObject({ code: 'run-unknown' })
    const again = await engine.startRun(lasting(at, 20))
    expect((await endOf(again.runId)).reason).toBe('completed')
  })

  it('passes a help page through with its code and place', async () => {
    start()
    await expect(engine.propose(join(folder, 'nothing.csv'))).rejects.toMatchObject({ code: 'file-missing' })
    const { at } = await engine.propose('sample:iris')
    const network = [{ type: 'dnse', units: 3 }, { type: 'output' }]
    await expect(engine.startRun({ ...at, experiment: { ...at.experiment, network } })).rejects.toMatchObject(
      {
        code: 'unknown-kind',
        place: { path: 'network.0.type' },
      },
    )
  })

  it('refuses a run when all workers are in use, and takes it after one is closed', async () => {
    start(2)
    const { at } = await engine.propose('sample:iris')
    const { runId } = await engine.startRun(at)
    await expect(engine.startRun(at)).rejects.toMatchObject({ code: 'too-many-runs' })
    await engine.closeRun(runId)
    const next = await engine.startRun(lasting(at, 20))
    expect((await endOf(next.runId)).reason).toBe('completed')
  })

  it('reads a file again after it changed', async () => {
    start()
    const file = join(folder, 'small.csv')
    const rows = (count: number): string =>
      `x,y\n${Array.from({ length: count }, (_, i) => `${i},${i * 2}`).join('\n')}\n`
    writeFileSync(file, rows(20))
    const { at } = await engine.propose(file, 'y')
    expect((await engine.preview(at)).rowCount).toBe(20)
    writeFileSync(file, rows(31))
    expect((await engine.preview(at)).rowCount).toBe(31)
  })
})
