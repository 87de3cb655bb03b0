import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withFile } from '../files/file-problem'
import { isLeftover } from '../files/write-atomic'
import { ownNames, runFiles } from './layout'

const own = (name: string): boolean =>
  isLeftover(name) && ownNames.some((file) => name.startsWith(`.${file}.`))

/** The entries of a run folder but the half-written files of a process that was killed. */
export const withoutLeftovers = (names: readonly string[]): string[] => names.filter((name) => !own(name))

/** Removes what a killed process left half-written. Only for a folder that no other process writes in. */
export function removeLeftovers(folder: string): void {
  removeFrom(folder, own)
  for (const name of [runFiles.charts, runFiles.checkpoints]) removeFrom(join(folder, name), isLeftover)
}

function removeFrom(folder: string, which: (name: string) => boolean): void {
  if (!existsSync(folder)) return
  withFile(folder, () => {
    for (const name of readdirSync(folder).filter(which)) rmSync(join(folder, name), { force: true })
  })
}
