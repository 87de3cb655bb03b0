/// <reference path="./worker-threads-pool.d.ts" />
import type { HelpPage } from '../../errors/lab-error'
import { LabError } from '../../errors/lab-error'
import Pool from 'worker-threads-pool'
import type { Worker } from 'node:worker_threads'
import { labWorker, type LabWorker } from './lab-worker'

export interface RunPoolOptions {
  /** The worker's program: a built file. */
  readonly workerFile: string | URL
  /** Most workers that live at once. */
  readonly maximum: number
}

/** Workers that are kept and used again, since ending threads over and over has crashed Electron. */
export interface RunPool {
  /** A free worker, or a fresh one. @throws LabError `too-many-runs` when all are in use. */
  take(onLost: (problem: HelpPage) => void): Promise<LabWorker>
  /** Gives a worker back for the next user. */
  give(worker: LabWorker): void
  /** Ends all workers. */
  destroy(): Promise<void>
}

interface Member {
  readonly worker: LabWorker
  onLost: ((problem: HelpPage) => void) | null
}

export function createRunPool({ workerFile, maximum }: RunPoolOptions): RunPool {
  const threads = new Pool({ max: maximum })
  const members = new Set<Member>()
  const free: Member[] = []
  const used = new Map<LabWorker, Member>()

  const start = async (): Promise<Member> => {
    // The pool itself would let this call wait for a worker that nobody may ever give back.
    if (threads.size >= maximum) throw tooMany(maximum)
    const thread = await acquire(threads, workerFile)
    const worker = labWorker(thread, (problem) => {
      const place = free.indexOf(member)
      if (place >= 0) free.splice(place, 1)
      used.delete(worker)
      members.delete(member)
      member.onLost?.(problem)
    })
    const member: Member = { worker, onLost: null }
    members.add(member)
    return member
  }

  return {
    take: async (onLost) => {
      const member = free.pop() ?? (await start())
      member.onLost = onLost
      used.set(member.worker, member)
      return member.worker
    },
    give: (worker) => {
      const member = used.get(worker)
      if (!member) return
      used.delete(worker)
      worker.listener = null
      member.onLost = null
      free.push(member)
    },
    // The pool's own `destroy` uses a form of `terminate` that Node has given up.
    destroy: async () => {
      for (const member of members) member.onLost = null
      await Promise.all([...members].map(({ worker }) => worker.kill()))
    },
  }
}

function acquire(threads: Pool, file: string | URL): Promise<Worker> {
  return new Promise((resolve, reject) =>
    threads.acquire(file, {}, (error, worker) => (error ? reject(error) : resolve(worker))),
  )
}

const tooMany = (count: number): LabError =>
  new LabError({
    code: 'too-many-runs',
    expected: 'a free worker',
    came: `${count} workers, all in use`,
    advice: 'Close a run that is no longer needed, then try again.',
  })
