import path from 'node:path'
import { LabError } from '../../core/errors/lab-error'

export interface GrantedPaths {
  grant(file: string): string
  /** @throws `LabError` `path-not-chosen` for a path that the user never chose */
  check(file: string): string
}

/**
 * The paths that the user chose: in a dialog, by dropping, from the list of recent files or from outside. The page
 * can touch no others, so that a defect in it cannot be used to read or overwrite what the user did not mean.
 */
export function grantedPaths(): GrantedPaths {
  const granted = new Set<string>()
  return {
    grant(file) {
      granted.add(path.resolve(file))
      return file
    },
    check(file) {
      if (granted.has(path.resolve(file))) return file
      throw new LabError({
        code: 'path-not-chosen',
        expected: 'a file that was chosen in a dialog or dropped on the window',
        came: 'a path from elsewhere',
        advice: 'Open or save it through the File menu.',
        place: { file },
      })
    },
  }
}
