import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { LabError } from '../../errors/lab-error'
import { fileProblem } from './file-problem'

/**
 * Makes a folder and those above it. One by one, since Node's own recursive way never comes back on file systems that
 * answer "not found" to every new name, as /proc does.
 * @throws LabError when the system refuses
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EEXIST') throw code === 'ENOENT' ? refused(folder) : fileProblem(error, folder)
  }
}

const refused = (folder: string): LabError =>
  new LabError({
    code: 'no-new-folder',
    expected: 'a place where a folder can be made',
    came: 'one where the system makes none',
    advice: 'Choose a folder on a disk.',
    place: { file: folder },
  })
