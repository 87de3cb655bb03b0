import { Worker } from 'node:worker_threads'
import type { Page } from '@playwright/test'

export const BEAT = 100

export interface Heartbeat {
  read(): Promise<Beats>
  stop(): Promise<Beats>
}

export interface Beats {
  /** The largest time by which a beat came too late so far, in milliseconds. */
  readonly largestDelay: number
  /**
   * The same of a thread that does nothing else: what the machine itself makes wait. On a quiet one it is a few
   * milliseconds; where other programs want the processors, no window can be better than this.
   */
  readonly machineDelay: number
  readonly beats: number
}

interface Record {
  timer: number
  last: number
  largestDelay: number
  beats: number
}
type Beating = typeof globalThis & { nablaHeartbeat?: Record }

/** Beats every 100 ms in the page's own thread: a beat that comes late is a window that does not answer. */
export async function watchHeartbeat(page: Page): Promise<Heartbeat> {
  await page.evaluate((beat) => {
    const record: Record = { timer: 0, last: performance.now(), largestDelay: 0, beats: 0 }
    record.timer = window.setInterval(() => {
      const now = performance.now()
      record.largestDelay = Math.max(record.largestDelay, now - record.last - beat)
      record.last = now
      record.beats++
    }, beat)
    ;(globalThis as Beating).nablaHeartbeat = record
  }, BEAT)
  const machine = watchMachine()
  const read = async (): Promise<Beats> => {
    const seen = await page.evaluate((beat) => {
      const record = (globalThis as Beating).nablaHeartbeat
      if (!record) throw new Error('the page was reloaded, its heartbeat is gone')
      // A beat that is overdue right now counts too.
      const overdue = performance.now() - record.last - beat
      return { largestDelay: Math.max(record.largestDelay, overdue), beats: record.beats }
    }, BEAT)
    return { ...seen, machineDelay: machine.largestDelay() }
  }
  return {
    read,
    async stop() {
      const result = await read()
      machine.stop()
      await page.evaluate(() => clearInterval((globalThis as Beating).nablaHeartbeat?.timer))
      return result
    },
  }
}

/** The same beat in a thread that does nothing else. */
function watchMachine() {
  const shared = new Float64Array(new SharedArrayBuffer(8))
  const worker = new Worker(
    `const { workerData } = require('node:worker_threads')
     let last = performance.now()
     setInterval(() => {
       const now = performance.now()
       workerData.shared[0] = Math.max(workerData.shared[0], now - last - workerData.beat)
       last = now
     }, workerData.beat)`,
    { eval: true, workerData: { shared, beat: BEAT } },
  )
  return { largestDelay: () => shared[0] ?? 0, stop: () => void worker.terminate() }
}
