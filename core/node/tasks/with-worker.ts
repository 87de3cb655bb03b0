import { LabError } from '../../errors/lab-error'
import type { LabWorker } from '../pool/lab-worker'
import type { TaskHost } from './task'

/**
 * Works with a worker of its own, which goes back to the pool afterwards.
 * @throws LabError `too-many-runs`, `worker-lost`, and what `work` throws
 */
export async function withWorker<T>(
  host: Pick<TaskHost, 'pool' | 'workers'>,
  work: (worker: LabWorker) => Promise<T>,
): Promise<T> {
  let refuse = (_error: LabError): void => undefined
  const lost = new Promise<never>((_, reject) => (refuse = reject))
  // A worker that is lost while nobody waits for it must not end the process.
  lost.catch(() => undefined)
  const worker = await host.pool.take((problem) => refuse(new LabError(problem)))
  host.workers.add(worker)
  try {
    return await Promise.race([work(worker), lost])
  } finally {
    host.workers.delete(worker)
    host.pool.give(worker)
  }
}
