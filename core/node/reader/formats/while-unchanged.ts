import { stat } from 'node:fs/promises'
import { refuseChanged } from '../csv/utf8-file'

/**
 * Lets `use` read a file, and sees to it that all of it was read in one state: what is read while another program writes
 * is neither the old table nor the new one. A change is also the better explanation for whatever went wrong.
 * @throws LabError `file-changed`
 */
export async function whileUnchanged<T>(path: string, use: () => Promise<T>): Promise<T> {
  const before = await stateOf(path)
  const end = await use().then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
  if ((await stateOf(path)) === before) return end()
  return refuseChanged(path)
}

/** Nothing for a file that is gone. */
const stateOf = (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => undefined,
  )
