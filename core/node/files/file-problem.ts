import { LabError } from '../../errors/lab-error'

interface Answer {
  readonly code: string
  readonly expected: string
  readonly came: string
  readonly advice: string
}

const noAccess: Answer = {
  code: 'no-permission',
  expected: 'permission to use this file or folder',
  came: 'a refusal by the system',
  advice: 'Choose another place, or change its permissions.',
}

/** The system's error codes, in words for people. */
const answers: Readonly<Record<string, Answer>> = {
  ENOENT: {
    code: 'file-missing',
    expected: 'a file at this place',
    came: 'nothing there',
    advice: 'Check the path for typing mistakes; it is taken relative to the current folder.',
  },
  EACCES: noAccess,
  EPERM: noAccess,
  EROFS: {
    code: 'read-only',
    expected: 'a place that can be written',
    came: 'a read-only file system',
    advice: 'Choose a folder on another disk.',
  },
  ENOSPC: {
    code: 'disk-full',
    expected: 'free space on the disk',
    came: 'a full disk',
    advice: 'Free some space or choose another disk, then try again.',
  },
  ENOTDIR: {
    code: 'not-a-folder',
    expected: 'folders all the way to this place',
    came: 'a file where a folder should be',
    advice: 'Choose a path whose parts are folders.',
  },
  EISDIR: {
    code: 'not-a-file',
    expected: 'a file',
    came: 'a folder',
    advice: 'Name the file itself.',
  },
  EEXIST: {
    code: 'exists-already',
    expected: 'a name that is free',
    came: 'something that has this name already',
    advice: 'Choose another name.',
  },
}

/** A file system error as a help page that names the file; anything else comes back as it was. */
export function fileProblem(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const answer = answers[code]
  return answer ? new LabError({ ...answer, place: { file } }) : error
}

/** Runs `work` on a file, with file system errors as help pages. */
export function withFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fileProblem(error, file)
  }
}
