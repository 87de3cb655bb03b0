import { createBirpc } from 'birpc'
import type { Worker } from 'node:worker_threads'
import { LabError, type HelpPage } from '../../errors/lab-error'
import { fromOutcome, type Outcome, type Outcomes } from '../../protocol/outcome'
import type { WorkerFunctions, WorkerReports } from '../worker/worker-api'

type Answer<K extends keyof WorkerFunctions> = Awaited<ReturnType<WorkerFunctions[K]>>

/** A worker of the pool, as the engine sees it. */
export interface LabWorker {
  /** Calls a function in the worker. @throws LabError of the worker, or `worker-lost`, or `worker-silent`. */
  call<K extends keyof WorkerFunctions>(name: K, ...args: Parameters<WorkerFunctions[K]>): Promise<Answer<K>>
  /** Who hears the worker's reports now; null for nobody. */
  listener: Partial<WorkerReports> | null
  /** Ends the thread without warning; resolves when it is gone. */
  kill(): Promise<void>
}

/** Seconds that a call may take. Reading a large file is slow; the rest only waits for a time slice to end. */
const patience: Readonly<Partial<Record<keyof WorkerFunctions, number>>> = {
  propose: 600,
  preview: 600,
  describe: 600,
  prepare: 600,
  openSeries: 600,
  prepareMember: 600,
  step: 3600,
  stop: 600,
  evaluate: 300,
  export: 300,
  // As long as a person lets it go on.
  sweep: 86_400 * 7,
}
const usualPatience = 60

/** Wraps a thread; `onLost` is called once when it dies, after all pending calls were refused. */
export function labWorker(thread: Worker, onLost: (problem: HelpPage) => void): LabWorker {
  const worker: { listener: Partial<WorkerReports> | null } = { listener: null }
  const rpc = createBirpc<Outcomes<WorkerFunctions>, WorkerReports>(
    {
      events: (events) => worker.listener?.events?.(events),
      status: (status) => worker.listener?.status?.(status),
      failed: (problem) => worker.listener?.failed?.(problem),
      points: (points) => worker.listener?.points?.(points),
    },
    {
      post: (message) => thread.postMessage(message),
      on: (receive) => thread.on('message', receive),
      // Each call has its own time limit, below.
      timeout: -1,
    },
  )
  whenLost(thread, (cause) => {
    const problem = lost(cause)
    rpc.$close(problem)
    onLost(problem.toPage())
  })
  return Object.assign(worker, {
    // The types of one call are those of its name, which TypeScript cannot follow through the channel.
    call: (async (name: keyof WorkerFunctions, ...args: unknown[]) => {
      const answer = rpc.$call(name, ...(args as never)) as Promise<Outcome<unknown>>
      return fromOutcome(await limited(answer, name, patience[name] ?? usualPatience))
    }) as LabWorker['call'],
    kill: async () => void (await thread.terminate()),
  })
}

function whenLost(thread: Worker, tell: (cause: string) => void): void {
  let cause = ''
  thread.on('error', (error: Error) => (cause = error.message))
  thread.once('exit', (code) => tell(cause || `it ended with code ${code}`))
}

async function limited<T>(answer: Promise<T>, name: string, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(name, seconds)), seconds * 1000)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

const lost = (cause: string): LabError =>
  new LabError({
    code: 'worker-lost',
    expected: 'the worker thread to go on',
    came: `its sudden end (${cause})`,
    advice:
      'The experiment is unharmed: start the run again. If it happens again, try a smaller network or batch.',
  })

const silent = (name: string, seconds: number): LabError =>
  new LabError({
    code: 'worker-silent',
    expected: `an answer to "${name}" within ${seconds} seconds`,
    came: 'none',
    advice: 'The worker may be busy with very large data. Wait and try again, or close the run.',
  })
