import type { OptionValues } from 'commander'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LabError } from '../../../errors/lab-error'
import { claimFolder, claimNextFolder } from '../../run-folder/claim-folder'
import { removeLeftovers } from '../../run-folder/leftovers'
import { readResumeState, type ResumeState } from '../../run-folder/resume-state'

/** Where a run goes, and from where it goes on. */
export interface PlacedRun {
  readonly path: string
  /** True when an earlier part of the run is there, or was about to be. */
  readonly resumed: boolean
  /** Nothing when the run begins at its beginning. */
  readonly state: ResumeState | null
}

/**
 * Finds or makes the folder of a run.
 * @param name of the experiment; makes `runs/NAME-1`, `runs/NAME-2`, ... where no folder is given
 * @throws LabError before any training when the folder cannot take the run, or has nothing to resume
 */
export function placeRun(current: string, name: string, options: OptionValues): PlacedRun {
  const { out, force, resume } = options
  const parent = join(current, 'runs')
  const stem = fileName(name)
  if (resume) {
    const path = resumedFolder(current, name, options)
    const state = readResumeState(path)
    removeLeftovers(path)
    return { path, resumed: true, state }
  }
  const fresh = { resumed: false, state: null }
  if (out === undefined) return { path: claimNextFolder(parent, stem), ...fresh }
  const path = resolve(current, String(out))
  claimFolder(path, force === true)
  return { path, ...fresh }
}

/** The folder of the run that is gone on with. @throws LabError `no-checkpoint` where none is named and none is there */
export const resumedFolder = (current: string, name: string, { out }: OptionValues): string =>
  out === undefined ? lastRun(join(current, 'runs'), fileName(name)) : resolve(current, String(out))

/** Only what every file system takes. */
const fileName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[^\p{Letter}\p{Number}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '') || 'run'

function lastRun(parent: string, stem: string): string {
  const numbers = (existsSync(parent) ? readdirSync(parent) : [])
    .filter((entry) => entry.startsWith(`${stem}-`) && /^\d+$/.test(entry.slice(stem.length + 1)))
    .map((entry) => Number(entry.slice(stem.length + 1)))
  if (numbers.length) return join(parent, `${stem}-${Math.max(...numbers)}`)
  throw new LabError({
    code: 'no-checkpoint',
    expected: `an earlier run of "${stem}" to go on with`,
    came: 'none',
    advice: 'Name its folder with --out, or train from the start without --resume.',
    place: { file: parent },
  })
}
