import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inRoot, root } from './project.mjs'

/**
 * A fingerprint of files' names and contents: equal exactly when nothing was edited, added, renamed or removed.
 * @param {string[]} paths files and folders, relative to `base`; what does not exist counts as empty
 * @param {{ base?: string, skip?: (relative: string) => boolean }} [options] `skip` sees paths with `/`
 */
export function fingerprint(paths, { base = root, skip = () => false } = {}) {
  const hash = crypto.createHash('sha256')
  for (const file of paths.flatMap((relative) => filesUnder(base, relative, skip)).sort()) {
    const content = fs.readFileSync(path.join(base, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} base
 * @param {string} relative
 * @param {(relative: string) => boolean} skip
 * @returns {string[]} relative paths with `/` on every system
 */
function filesUnder(base, relative, skip) {
  const found = fs.statSync(path.join(base, relative), { throwIfNoEntry: false })
  if (!found || skip(relative)) return []
  if (found.isFile()) return [relative]
  return fs
    .readdirSync(path.join(base, relative))
    .flatMap((name) => filesUnder(base, `${relative}/${name}`, skip))
}

/**
 * Remembers which sources something was built from. The note lies with what was built, so both go together.
 * @param {string} note path of the note, relative to the project
 */
export const stamp = (note) => ({
  read: () => {
    try {
      return fs.readFileSync(inRoot(note), 'utf8')
    } catch {
      return undefined
    }
  },
  /** @param {string} value */
  write: (value) => {
    fs.mkdirSync(path.dirname(inRoot(note)), { recursive: true })
    fs.writeFileSync(inRoot(note), value)
  },
})
