import type { Backend, Program } from '../../backends/backend'
import type { KernelCall } from '../../graph/plan'

/** Time that one part of a loaded plan took so far. */
export interface PartTime {
  readonly calls: readonly KernelCall[]
  runs: number
  /** Seconds of all runs together. */
  seconds: number
}

export interface StopwatchBackend {
  readonly backend: Backend
  /** One entry for each part of each plan that was loaded. */
  readonly times: readonly PartTime[]
  /** Seconds that reading the clock once takes; it is read once a part. */
  readonly tick: number
  /** All begin at 0 again. */
  reset(): void
}

/**
 * The same backend with a stopwatch around each part of its programs. Programs run part by part and a little slower for
 * it, so that what this measures is how time is shared out, not how long it is.
 */
export function stopwatchBackend(inner: Backend, clock: () => number): StopwatchBackend {
  const times: PartTime[] = []
  const tick = tickOf(clock)
  const load: Backend['load'] = (plan, store) => watched(inner.load(plan, store), { times, clock, tick })
  return {
    backend: {
      name: inner.name,
      precision: inner.precision,
      createStore: (sizes) => inner.createStore(sizes),
      load,
    },
    times,
    tick,
    reset: () => {
      for (const time of times) Object.assign(time, { runs: 0, seconds: 0 })
    },
  }
}

interface Watch {
  readonly times: PartTime[]
  readonly clock: () => number
  readonly tick: number
}

function watched(program: Program, { times, clock, tick }: Watch): Program {
  const parts = program.parts().map((part) => {
    const time: PartTime = { calls: part.calls, runs: 0, seconds: 0 }
    times.push(time)
    return { part, time }
  })
  return {
    input: (name) => program.input(name),
    output: (name) => program.output(name),
    parts: () => program.parts(),
    release: () => program.release(),
    run: (seed) => {
      let before = clock()
      for (const { part, time } of parts) {
        part.run(seed)
        const now = clock()
        time.runs++
        time.seconds += Math.max(0, now - before - tick)
        before = now
      }
    },
  }
}

/** Smallest of many rounds: what else the machine did meanwhile must not count. */
function tickOf(clock: () => number): number {
  const rounds = Array.from({ length: 20 }, () => {
    const from = clock()
    for (let i = 0; i < 500; i++) clock()
    return (clock() - from) / 501
  })
  return Math.min(...rounds)
}
