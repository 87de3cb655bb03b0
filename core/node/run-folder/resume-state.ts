import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { LabError } from '../../errors/lab-error'
import type { Checkpoint } from '../../training/checkpoint'
import type { EpochEvent } from '../../training/events'
import { readBytes } from '../files/read-text'
import { runFiles } from './layout'

/** What a training needs to go on where it was, and the history up to there. */
export interface ResumeState {
  readonly version: 1
  readonly checkpoint: Checkpoint
  readonly epochs: readonly EpochEvent[]
}

/** Every number keeps its bits: V8's own format holds typed arrays as they are in memory. */
export const writeResumeState = (state: ResumeState): Uint8Array => serialize(state)

/** @throws LabError `no-checkpoint` or `file-damaged` */
export function readResumeState(folder: string): ResumeState {
  const file = join(folder, runFiles.resume)
  if (!existsSync(file)) throw nothingToResume(folder)
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
    expected: 'a run with a checkpoint, which each finished epoch leaves',
    came: 'a folder without one',
    advice: 'Name the folder of the run with --out, or train from the start without --resume.',
    place: { file: folder },
  })
