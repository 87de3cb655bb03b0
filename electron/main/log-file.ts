import fs from 'node:fs'
import path from 'node:path'

const LARGEST = 1_000_000

export interface LogFile {
  readonly file: string
  /** Adds text as it comes. Never throws: a full disk must not end the lab. */
  write(text: string): void
  /** Adds a line with the time before it. */
  line(text: string): void
}

/**
 * A log that is turned over when it grows: NAME.log is the newest, NAME.1.log the one before. Written at once, so
 * that the last words before a crash are there.
 */
export function openLog(folder: string, name: string, now = () => new Date()): LogFile {
  const file = path.join(folder, `${name}.log`)
  const write = (text: string) => {
    try {
      fs.mkdirSync(folder, { recursive: true })
      const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
      if (size > LARGEST) fs.renameSync(file, path.join(folder, `${name}.1.log`))
      fs.appendFileSync(file, text)
    } catch (error) {
      console.error(`${file} could not be written`, error)
    }
  }
  return { file, write, line: (text) => write(`${now().toISOString()} ${text}\n`) }
}
