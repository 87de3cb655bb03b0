import type { Page } from '@playwright/test'

export const BEAT = 100

export interface Heartbeat {
  /** The largest time by which a beat came too late so far, in milliseconds, and how many beats there were. */
  read(): Promise<{ largestDelay: number; beats: number }>
  stop(): Promise<{ largestDelay: number; beats: number }>
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
  const read = () =>
    page.evaluate((beat) => {
      const record = (globalThis as Beating).nablaHeartbeat
      if (!record) throw new Error('the page was reloaded, its heartbeat is gone')
      // A beat that is overdue right now counts too.
      const overdue = performance.now() - record.last - beat
      return { largestDelay: Math.max(record.largestDelay, overdue), beats: record.beats }
    }, BEAT)
  return {
    read,
    async stop() {
      const result = await read()
      await page.evaluate(() => clearInterval((globalThis as Beating).nablaHeartbeat?.timer))
      return result
    },
  }
}
