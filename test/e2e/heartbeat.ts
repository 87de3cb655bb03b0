import { existsSync, readFileSync } from 'node:fs'
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
   * The longest time that the page's thread had work to do and got no processor, about one beat long: nothing on a quiet
   * machine. Where other programs want the processors, no window can be better than this.
   */
  readonly waited: number
  readonly beats: number
}

interface Record {
  timer: number
  last: number
  largestDelay: number
  beats: number
}
type Beating = typeof globalThis & { nablaHeartbeat?: Record }

/**
 * Beats every 100 ms in the page's own thread: a beat that comes late is a window that does not answer.
 * @param pid the process of the page
 */
export async function watchHeartbeat(page: Page, pid: number): Promise<Heartbeat> {
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
  const waiting = watchWaiting(pid)
  const read = async (): Promise<Beats> => {
    const seen = await page.evaluate((beat) => {
      const record = (globalThis as Beating).nablaHeartbeat
      if (!record) throw new Error('the page was reloaded, its heartbeat is gone')
      // A beat that is overdue right now counts too.
      const overdue = performance.now() - record.last - beat
      return { largestDelay: Math.max(record.largestDelay, overdue), beats: record.beats }
    }, BEAT)
    return { ...seen, waited: waiting.largest() }
  }
  return {
    read,
    async stop() {
      const result = await read()
      waiting.stop()
      await page.evaluate(() => clearInterval((globalThis as Beating).nablaHeartbeat?.timer))
      return result
    },
  }
}

/** Looks at the time that a thread waits so often, in milliseconds, and adds it up over a beat and what may follow it. */
const LOOK = 50
const LOOKS = 6

/**
 * How long the page's own thread had work to do and got no processor, at most within one beat: the system counts that in
 * the second number of a thread's `schedstat`, in nanoseconds. 0 on systems without.
 */
function watchWaiting(pid: number) {
  const file = `/proc/${pid}/task/${pid}/schedstat`
  const counts: number[] = []
  let largest = 0
  const look = (): void => {
    counts.push(existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0)
    if (counts.length > LOOKS) counts.shift()
    largest = Math.max(largest, counts.at(-1)! - counts[0]!)
  }
  const timer = setInterval(look, LOOK)
  return { largest: () => largest, stop: () => clearInterval(timer) }
}
