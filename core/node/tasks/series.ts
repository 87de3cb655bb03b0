import { LabError } from '../../errors/lab-error'
import type { EndEvent, TrainingEvent } from '../../training/events'
import { resultOf } from '../../training/series'
import type { SeriesWish } from '../../training/series-kinds'
import type { LabWorker } from '../pool/lab-worker'
import type { PreparedRun } from '../worker/worker-api'
import type { TaskHost, TaskKind } from './task'
import { withWorker } from './with-worker'

/** Trainings of a series that go on at the same time, where there are workers. */
const LANES = 2

/** Folds or repeats; each training gives the same bits as if it were alone. */
export const series: TaskKind<SeriesWish> = async (host, id, at, wish) => {
  const prepare = async (number: number): Promise<PreparedRun> =>
    (await host.data()).call('prepareMember', id, number)
  const first = await (await host.data()).call('openSeries', id, at, wish)
  return async () => {
    // Ends both lanes when the task is stopped, and when one of them fails.
    const end = new AbortController()
    const stop = (): void => end.abort()
    host.signal.addEventListener('abort', stop)
    if (host.signal.aborted) stop()
    let next = 1
    const lane = async (worker: LabWorker): Promise<void> => {
      while (next <= wish.count && !end.signal.aborted) {
        const number = next++
        const prepared = number === 1 ? first : await prepare(number)
        await trainMember({ ...host, signal: end.signal }, worker, number, prepared)
      }
    }
    try {
      await allLanes(host, Math.min(LANES, wish.count), lane, stop)
    } finally {
      host.signal.removeEventListener('abort', stop)
      await closeSeries(host, id)
    }
  }
}

/** Waits until every lane stands still. @throws what the first one threw */
async function allLanes(
  host: TaskHost,
  count: number,
  lane: (worker: LabWorker) => Promise<void>,
  stop: () => void,
): Promise<void> {
  const problems: unknown[] = []
  const fail = (error: unknown, place: number): void => {
    // One lane is enough where no other worker is free.
    if (place > 0 && error instanceof LabError && error.code === 'too-many-runs') return
    problems.push(error)
    stop()
  }
  const lanes = Array.from({ length: count }, (_, place) =>
    withWorker(host, lane).catch((error: unknown) => fail(error, place)),
  )
  await Promise.all(lanes)
  if (problems.length) throw problems[0]
}

/** A reader that was lost has forgotten it anyway. */
const closeSeries = (host: TaskHost, id: string): Promise<void> =>
  host
    .data()
    .then((worker) => worker.call('closeSeries', id))
    .catch(() => undefined)

/** Trains one member to its end, unless the series is aborted before: then the worker only forgets it. */
async function trainMember(
  { tell, signal }: TaskHost,
  worker: LabWorker,
  number: number,
  prepared: PreparedRun,
): Promise<void> {
  let halt = (): void => undefined
  const ended = new Promise<EndEvent | null>((resolve, reject) => {
    halt = () => resolve(null)
    worker.listener = {
      events: (events) => {
        tell(seldom(events).map((event) => ({ type: 'training', number, event })))
        const end = events.find((event) => event.type === 'end')
        if (end) resolve(end)
      },
      failed: (problem) => reject(new LabError(problem)),
    }
  })
  // What is refused before anybody waits for the end must not count as unheard.
  ended.catch(() => undefined)
  signal.addEventListener('abort', halt)
  if (signal.aborted) halt()
  try {
    await worker.call('start', prepared, 'wasm')
    await worker.call('resume')
    const end = await ended
    if (end) tell([{ type: 'result', result: resultOf(number, prepared, end) }])
  } finally {
    worker.listener = null
    signal.removeEventListener('abort', halt)
    await worker.call('release')
  }
}

/** Beginning, end and the last step of a batch of events: how far a training is. */
function seldom(events: readonly TrainingEvent[]): TrainingEvent[] {
  const last = events.map(({ type }) => type).lastIndexOf('step')
  return events.filter(({ type }, i) => type === 'start' || type === 'end' || i === last)
}
