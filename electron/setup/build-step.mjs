import fs from 'node:fs'
import { capture, npm } from './child.mjs'
import { inRoot } from './project.mjs'
import { SetupError } from './setup-error.mjs'
import { fingerprint, stamp } from './sources.mjs'

/**
 * A step that runs `npm run SCRIPT` when the sources differ from those of the last build.
 * @param {object} build
 * @param {string} build.name
 * @param {string} build.script
 * @param {string[]} build.sources files and folders
 * @param {(relative: string) => boolean} [build.skip] files in there that are none of its sources
 * @param {string[]} build.products without these it is built anew
 * @param {string} build.note where the sources' fingerprint is kept
 * @returns {import('./run-steps.mjs').Step}
 */
export function buildStep({ name, script, sources, skip, products, note }) {
  const now = () => fingerprint(sources, { skip })
  return {
    name,
    bytes: 50e6,
    isDone: () => products.every((file) => fs.existsSync(inRoot(file))) && stamp(note).read() === now(),
    async run() {
      // Taken before the build, so that an edit during the build is not missed by the next one.
      const built = now()
      const { code, output } = await capture(npm('run', '-s', script))
      const absent = products.filter((file) => !fs.existsSync(inRoot(file)))
      if (code !== 0) throw buildFailed(name, script, output.trim().split('\n').slice(-25).join('\n'))
      if (absent.length)
        throw buildFailed(name, script, `the build ended well but left no ${absent.join(', ')}`)
      stamp(note).write(built)
    },
  }
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string} came
 */
const buildFailed = (name, script, came) =>
  new SetupError({
    title: `The ${name} could not be built`,
    expected: `\`npm run ${script}\` to succeed`,
    came,
    advice: 'The lines above name the file. Mend it and run the command again.',
  })
