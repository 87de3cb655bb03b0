import fs from 'node:fs'
import path from 'node:path'
import { LabError } from '../../core/errors/lab-error'
import { writeAtomic } from '../../core/node/files/write-atomic'

/**
 * Keeps the text of a table that was pasted as a file named after the moment, so that the experiment has a source that
 * is still there tomorrow.
 * @returns the file's path
 * @throws LabError `nothing-to-paste` for a text that is no table
 */
export function keepPasted(text: string, folder: string, now: Date): string {
  if (!/\S.*[\r\n]+.*\S/.test(text)) throw nothingToPaste(text)
  const moment = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')
  const free = (copy: number): string => {
    const file = path.join(folder, `pasted-${moment}${copy > 1 ? `-${copy}` : ''}.csv`)
    return fs.existsSync(file) ? free(copy + 1) : file
  }
  const file = free(1)
  writeAtomic(file, text)
  return file
}

const nothingToPaste = (text: string): LabError =>
  new LabError({
    code: 'nothing-to-paste',
    expected: 'a table in the clipboard: a row of names and rows below it',
    came: text.trim() === '' ? 'no text' : 'one line of text',
    advice: 'Mark the cells in the spreadsheet, names included, copy them, and paste again.',
  })
