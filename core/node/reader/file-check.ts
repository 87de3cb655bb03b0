import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { suggest } from '../../catalog/suggest'
import { LabError, type HelpPage } from '../../errors/lab-error'

/**
 * Makes sure that a path is a file with something in it that may be read.
 * @throws LabError `file-missing` (with the nearest name in the folder), `file-is-folder`,
 *   `not-a-file`, `link-loop`, `file-empty`, `file-unreadable`
 */
export async function checkFile(path: string): Promise<void> {
  try {
    const info = await stat(path)
    if (info.isDirectory()) throw new LabError(folderPage(path))
    if (!info.isFile()) throw new LabError(devicePage(path))
    await (await open(path, 'r')).close()
    if (info.size === 0) throw new LabError(emptyPage(path))
  } catch (error) {
    throw error instanceof LabError ? error : new LabError(await filePage(error, path))
  }
}

const page = (code: string, file: string, expected: string, came: string, advice: string): HelpPage => ({
  code,
  expected,
  came,
  advice,
  place: { file },
})

const folderPage = (path: string): HelpPage =>
  page('file-is-folder', path, 'a CSV file', 'a folder', 'Choose a file inside the folder.')

/** To open a pipe would wait for somebody who writes to it. */
const devicePage = (path: string): HelpPage =>
  page(
    'not-a-file',
    path,
    'a file on a disk',
    'a pipe, a socket or a device',
    'Write what comes from it to a file, or let `nabla new -` read it.',
  )

const emptyPage = (path: string): HelpPage =>
  page(
    'file-empty',
    path,
    'a table with a header and rows',
    'an empty file',
    'Save the table again, or choose another file.',
  )

/** The help page for what the system said when a file was to be opened. */
export async function filePage(error: unknown, path: string): Promise<HelpPage> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return page('file-missing', path, 'a file', 'no file of this name', await nearName(path))
  if (code === 'EACCES' || code === 'EPERM')
    return page(
      'file-unreadable',
      path,
      'a file that may be read',
      'a file that this account may not read',
      'Change the permissions of the file, or copy it to a folder of your own.',
    )
  if (code === 'ELOOP')
    return page(
      'link-loop',
      path,
      'a file, or a link that leads to one',
      'links that lead in a circle',
      'Make the link anew, or choose the file itself.',
    )
  const came = error instanceof Error ? error.message : String(error)
  return page(
    'file-unreadable',
    path,
    'a file that can be read',
    came,
    'Copy the file to another place and try again.',
  )
}

async function nearName(path: string): Promise<string> {
  const folder = dirname(path)
  try {
    const near = suggest(basename(path), await readdir(folder))
    return near ? `Did you mean "${near}"?` : `Check the name; the folder ${folder} has no file like it.`
  } catch {
    return `Check the path; there is no folder ${folder}.`
  }
}
