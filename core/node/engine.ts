import { randomUUID } from 'node:crypto'
import { LabError } from '../errors/lab-error'
import type { EngineEvents, EngineFunctions, RunStatus } from '../protocol/contract'
import type { LabWorker } from './pool/lab-worker'
import { createRunPool } from './pool/run-pool'
import { createTaskRunner } from './tasks/task-runner'
import { withWorker } from './tasks/with-worker'

export interface EngineOptions extends EngineEvents {
  /** The program of the worker threads: a built file. */
  readonly workerFile: string | URL
  /** Gives `killWorker`, for tests of recovery. */
  readonly allowKill: boolean
  /** Most workers that live at once; one of them reads data. */
  readonly maximum?: number
}

/** All that the window may ask, and an orderly end. */
export interface Engine extends EngineFunctions {
  close(): Promise<void>
}

/** Enough for every run that a person keeps open; an idle worker costs some megabytes. */
const usualMaximum = 17

/** Data is read in one worker and trained on in others, so that the process that holds the engine is always free. */
export function createEngine(options: EngineOptions): Engine {
  const pool = createRunPool({
    workerFile: options.workerFile,
    maximum: options.maximum ?? usualMaximum,
  })
  const runs = new Map<string, LabWorker>()
  let reader: Promise<LabWorker> | null = null

  const data = (): Promise<LabWorker> => {
    const forget = (): void => void (reader = null)
    reader ??= pool.take(forget).catch((error: unknown) => {
      forget()
      throw error
    })
    return reader
  }
  const worker = (runId: string): LabWorker => runs.get(runId) ?? unknownRun(runId)

  const startRun: EngineFunctions['startRun'] = async (at, backend = 'wasm') => {
    const prepared = await (await data()).call('prepare', at)
    // Unlike a count, never the name of a run that an earlier engine was lost with.
    const runId = `run-${randomUUID()}`
    const member = await pool.take((problem) => {
      // A run that was never told of fails in its `startRun` call alone.
      if (!runs.delete(runId)) return
      options.onRunStatus(runId, 'failed')
      options.onRunFailed(runId, problem)
    })
    member.listener = {
      events: (events) => options.onRunEvents(runId, events),
      status: (status: RunStatus) => options.onRunStatus(runId, status),
      failed: (problem) => options.onRunFailed(runId, problem),
    }
    try {
      await member.call('start', prepared, backend)
    } catch (error) {
      pool.give(member)
      throw error
    }
    runs.set(runId, member)
    // Only after this answer is on its way, so that nobody hears of a run before knowing its name.
    setImmediate(() => void member.call('resume').catch(() => undefined))
    return { runId }
  }

  const { workersOf, ...tasks } = createTaskRunner({ pool, data, onTaskEvents: options.onTaskEvents })

  const engine: Engine = {
    ...tasks,
    propose: async (source, target, reading) => (await data()).call('propose', source, target, reading),
    preview: async (at) => (await data()).call('preview', at),
    describe: async (at) => (await data()).call('describe', at),
    inspect: async (at) => (await data()).call('inspect', at),
    profile: async (at, target) => (await data()).call('profile', at, target),
    profileColumn: async (at, column, target) => (await data()).call('profileColumn', at, column, target),
    rows: async (at, wish) => (await data()).call('rows', at, wish),
    tryReading: async (at, column, settings) => (await data()).call('tryReading', at, column, settings),
    startRun,
    pauseRun: async (runId) => worker(runId).call('pause'),
    resumeRun: async (runId) => worker(runId).call('resume'),
    stepRun: async (runId, unit) => worker(runId).call('step', unit),
    changeRun: async (runId, set) => worker(runId).call('change', set),
    stopRun: async (runId) => worker(runId).call('stop'),
    evaluateRun: async (runId) => worker(runId).call('evaluate'),
    exportRun: async (runId, format, file) => worker(runId).call('export', format, file),
    predictFile: async (runId, file, absent) => worker(runId).call('predict', file, absent),
    savePredictions: async (runId, file) => worker(runId).call('savePredictions', file),
    closeRun: async (runId) => {
      const member = runs.get(runId)
      // A run whose worker died is closed already.
      if (!member) return
      runs.delete(runId)
      await member.call('release')
      pool.give(member)
    },
    selfTest: (threads) =>
      withWorker({ pool, workers: new Set() }, (member) => member.call('selfTest', threads)),
    close: () => pool.destroy(),
  }
  if (options.allowKill)
    engine.killWorker = async (id) => {
      await Promise.all((runs.has(id) ? [worker(id)] : workersOf(id)).map((member) => member.kill()))
    }
  return engine
}

function unknownRun(runId: string): never {
  throw new LabError({
    code: 'run-unknown',
    expected: 'a run that is open',
    came: `"${runId}"`,
    advice: 'It was closed or its worker was lost. Start it again.',
  })
}
