import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { LabError } from '../../errors/lab-error'
import type { Checkpoint } from '../../training/checkpoint'
import type { ChangeEvent, EpochEvent } from '../../training/events'
import { withFile } from '../files/file-problem'
import { readBytes, readJson } from '../files/read-text'
import { runFiles } from './layout'
import { withoutLeftovers } from './leftovers'

/** What a training needs to go on where it was, and the history up to there. */
export interface ResumeState {
  readonly version: 1
  readonly checkpoint: Checkpoint
  readonly epochs: readonly EpochEvent[]
  /** Left out where no settings changed. */
  readonly changes?: readonly ChangeEvent[]
}

/** Every number keeps its bits: V8's own format holds typed arrays as they are in memory. */
export const writeResumeState = (state: ResumeState): Uint8Array => serialize(state)

/**
 * Nothing when the run was killed before its first checkpoint, so that it has to begin anew.
 * @throws LabError `no-checkpoint` or `file-damaged`
 */
export function readResumeState(folder: string): ResumeState | null {
  const file = join(folder, runFiles.resume)
  if (!existsSync(file)) {
    if (hasBarelyBegun(folder)) return null
    throw nothingToResume(folder)
  }
  const state = parse(readBytes(file))
  if (isState(state)) return state
  throw new LabError({
    code: 'file-damaged',
    expected: 'the checkpoint of a run',
    came: 'a file that cannot be read as one',
    advice: 'Train again from the start, with --force in place of --resume.',
    place: { file },
  })
}

/** True for a run that never ended, and for a folder that was only just made. A run that ended keeps its results. */
function hasBarelyBegun(folder: string): boolean {
  if (!existsSync(folder)) return false
  const record = join(folder, runFiles.record)
  if (existsSync(record)) return (readJson(record) as { status?: unknown } | null)?.status === 'running'
  return withFile(folder, () => withoutLeftovers(readdirSync(folder))).length === 0
}

function parse(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes)
  } catch {
    return null
  }
}

function isState(state: unknown): state is ResumeState {
  const candidate = state as Partial<ResumeState> | null
  return candidate?.version === 1 && Array.isArray(candidate.epochs) && candidate.checkpoint?.version === 1
}

const nothingToResume = (folder: string): LabError =>
  new LabError({
    code: 'no-checkpoint',
    expected: 'a run that was stopped, with its last checkpoint',
    came: existsSync(folder) ? 'a folder without one' : 'nothing at this place',
    advice: 'Name the folder of the run with --out, or train from the start without --resume.',
    place: { file: folder },
  })
