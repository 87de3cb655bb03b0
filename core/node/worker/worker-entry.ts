import { createBirpc } from 'birpc'
import { parentPort } from 'node:worker_threads'
import { answering } from '../../protocol/outcome'
import { createDataKeeper } from '../data/data-keeper'
import { selfTest } from '../selftest/self-test'
import { giveWay } from './give-way'
import { createRunKeeper } from './run-keeper'
import { createSweepKeeper } from './sweep-keeper'
import type { WorkerReports } from './worker-api'

/** The program of a worker thread: answers the engine's calls, and reports what its run does. */
function serve(port: NonNullable<typeof parentPort>): void {
  const reports: WorkerReports = {
    events: (events) => void engine.$callEvent('events', events),
    status: (status) => void engine.$callEvent('status', status),
    failed: (problem) => void engine.$callEvent('failed', problem),
    points: (points) => void engine.$callEvent('points', points),
  }
  const functions = answering({
    ...createDataKeeper(),
    ...createRunKeeper(reports),
    ...createSweepKeeper(reports),
    selfTest: (threads: number) => selfTest(threads, () => undefined),
  })
  const engine = createBirpc<WorkerReports>(functions, {
    post: (message) => port.postMessage(message),
    on: (receive) => port.on('message', receive),
  })
}

if (!parentPort) throw new Error('this program runs in a worker thread only')
giveWay()
serve(parentPort)
