import type { SweepWish } from '../../protocol/task'
import type { TaskKind } from './task'
import { withWorker } from './with-worker'

/** The learning-rate range test on a worker of its own. */
export const sweep: TaskKind<SweepWish> = async (host, _id, at, { settings }) => {
  const prepared = await (await host.data()).call('prepare', at)
  return () =>
    withWorker(host, async (worker) => {
      worker.listener = { points: (points) => host.tell([{ type: 'points', points }]) }
      const stop = (): void => void worker.call('stopSweep').catch(() => undefined)
      host.signal.addEventListener('abort', stop)
      try {
        if (!host.signal.aborted) await worker.call('sweep', prepared, settings)
      } finally {
        host.signal.removeEventListener('abort', stop)
      }
    })
}
