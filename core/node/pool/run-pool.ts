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
  const threads = new Pool({ max: maximum, maxWaiting: 0 })
  const free: Member[] = []
  const used = new Map<LabWorker, Member>()

  const start = async (): Promise<Member> => {
    const thread = await acquire(threads, workerFile)
    const worker = labWorker(thread, (problem) => {
      const place = free.indexOf(member)
      if (place >= 0) free.splice(place, 1)
      used.delete(worker)
      member.onLost?.(problem)
    })
    const member: Member = { worker, onLost: null }
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
    destroy: () => {
      for (const member of used.values()) member.onLost = null
      return new Promise((resolve) => threads.destroy(() => resolve()))
    },
  }
}

function acquire(threads: Pool, file: string | URL): Promise<Worker> {
  return new Promise((resolve, reject) =>
    threads.acquire(file, {}, (error, worker) => (error ? reject(tooMany(threads.size)) : resolve(worker))),
  )
}

const tooMany = (count: number): LabError =>
  new LabError({
    code: 'too-many-runs',
    expected: 'a free worker',
    came: `${count} workers, all in use`,
    advice: 'Close a run that is no longer needed, then try again.',
  })
