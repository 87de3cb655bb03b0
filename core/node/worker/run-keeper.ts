import type { Backend } from '../../backends/backend'
import type { BackendWish } from '../../backends/wish'
import { describeTarget } from '../../data/describe-target'
import { LabError } from '../../errors/lab-error'
import { exporters } from '../../exports/registry'
import { evaluateTrainer } from '../../protocol/evaluation'
import { createSession, type Session, type SessionHost } from '../../protocol/session'
import { createTrainer } from '../../training/trainer'
import { chooseBackend } from '../backend'
import { writeAtomic } from '../files/write-atomic'
import { usualThreads } from '../threads/count'
import { yieldToMessages } from './yield-to-messages'
import { createPredictionKeeper } from './prediction-keeper'
import type { PreparedRun, WorkerFunctions, WorkerReports } from './worker-api'

type RunFunctions = Pick<
  WorkerFunctions,
  | 'start'
  | 'pause'
  | 'resume'
  | 'step'
  | 'change'
  | 'stop'
  | 'evaluate'
  | 'export'
  | 'predict'
  | 'savePredictions'
  | 'release'
>

interface KeptRun {
  readonly session: Session
  readonly prepared: PreparedRun
  readonly backend: Backend
}

/** The one run that a worker keeps. */
export function createRunKeeper(reports: WorkerReports): RunFunctions {
  let kept: KeptRun | null = null
  const run = (): KeptRun => kept ?? missing()
  const predictions = createPredictionKeeper(() => run().session.trainer.model())
  return {
    start: (prepared, backend) => {
      kept = begin(prepared, backend, reports)
    },
    pause: () => void run().session.pause(),
    resume: () => run().session.run(),
    step: (unit) => run().session.step(unit),
    change: (set) => run().session.change(set),
    stop: () => run().session.stop(),
    evaluate: () => {
      const { session, prepared } = run()
      return evaluateTrainer(session.trainer, describeTarget(prepared.data.preprocessing.target))
    },
    export: (format, file) => {
      const bytes = exporters.get(format, 'format').write(run().session.trainer.model())
      writeAtomic(file, bytes)
      return { bytes: bytes.byteLength }
    },
    predict: predictions.predict,
    savePredictions: predictions.savePredictions,
    release: async () => {
      // Waits, since the worker's next user must not hear of this run.
      await kept?.session.pause()
      kept?.backend.close?.()
      kept = null
      predictions.forget()
    },
  }
}

function begin(prepared: PreparedRun, wish: BackendWish, reports: WorkerReports): KeptRun {
  const clock = (): number => performance.now() / 1000
  const backend = chooseBackend(wish, usualThreads(), { ...prepared, clock }).create()
  const trainer = createTrainer({ ...prepared, backend, clock, watchLayers: true })
  const session = createSession(trainer, hostOf(reports))
  // The host is told of a failure in its own way.
  session.ended.catch(() => undefined)
  return { session, prepared, backend }
}

const hostOf = (reports: WorkerReports): SessionHost => ({
  post: reports.events,
  status: reports.status,
  failed: reports.failed,
  yieldControl: yieldToMessages,
  clock: () => performance.now(),
})

function missing(): never {
  throw new LabError({
    code: 'run-unknown',
    expected: 'a run in this worker',
    came: 'none',
    advice: 'Start the run again.',
  })
}
