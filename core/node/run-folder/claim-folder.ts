import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../../errors/lab-error'
import { withFile } from '../files/file-problem'
import { makeFolder } from '../files/make-folder'
import { ownNames, runMarks } from './layout'
import { removeLeftovers, withoutLeftovers } from './leftovers'

/**
 * Makes a folder ready to take a run, before any training. An earlier run in it is removed only with `force`, and
 * files that are not a run's are never touched.
 * @throws LabError when the folder cannot be written or holds something else
 */
export function claimFolder(folder: string, force: boolean): void {
  const found = withFile(folder, () => {
    makeFolder(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
    return withoutLeftovers(readdirSync(folder))
  })
  if (found.length === 0) return removeLeftovers(folder)
  if (!runMarks.some((name) => found.includes(name))) throw notEmpty(folder, found)
  if (!force) throw hasRun(folder)
  withFile(folder, () =>
    ownNames.forEach((name) => rmSync(join(folder, name), { recursive: true, force: true })),
  )
  removeLeftovers(folder)
}

/** The first of `parent/name-1`, `parent/name-2`, ... that is free, made at once so that no other run can take it. */
export function claimNextFolder(parent: string, name: string): string {
  makeFolder(parent)
  for (let number = 1; ; number++) {
    const folder = join(parent, `${name}-${number}`)
    if (existsSync(folder)) continue
    if (withFile(folder, () => makeFresh(folder))) return folder
  }
}

function makeFresh(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const notEmpty = (folder: string, found: readonly string[]): LabError =>
  new LabError({
    code: 'folder-not-empty',
    expected: 'an empty folder, or one that does not exist yet',
    came: `a folder with ${found.length} other ${found.length === 1 ? 'entry' : 'entries'}, such as "${found[0]}"`,
    advice: 'Choose another folder with --out.',
    place: { file: folder },
  })

const hasRun = (folder: string): LabError =>
  new LabError({
    code: 'folder-has-run',
    expected: 'an empty folder, or one that does not exist yet',
    came: 'a folder that holds a run already',
    advice: 'Choose another folder with --out, or add --force to replace the run.',
    place: { file: folder },
  })
