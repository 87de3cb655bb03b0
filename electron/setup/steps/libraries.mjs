import fs from 'node:fs'
import path from 'node:path'
import { capture } from '../child.mjs'
import { SetupError } from '../setup-error.mjs'

/**
 * What Electron needs of a Linux system, and who brings it on Debian and its relatives; newer releases have
 * another name for some, which is tried first.
 * @typedef {{ library?: string, program?: string, packages: string[] }} Need
 * @type {Need[]}
 */
const ELECTRON = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] },
  { library: 'libXss.so.1', packages: ['libxss1'] },
  { library: 'libatk-bridge-2.0.so.0', packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { library: 'libdrm.so.2', packages: ['libdrm2'] },
]

/** A display of our own, for tests on a machine that has none. @type {Need[]} */
const DISPLAY = [
  { program: 'Xvfb', packages: ['xvfb'] },
  { program: 'xvfb-run', packages: ['xvfb'] },
  { program: 'xauth', packages: ['xauth'] },
]

/** Ordinary users' PATH leaves the system folders out, where ldconfig lives. */
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
const environment = { ...process.env, PATH, DEBIAN_FRONTEND: 'noninteractive' }

/**
 * @param {Need[]} needs
 * @param {{ libraries: string, hasProgram: (name: string) => boolean }} system `libraries` as `ldconfig -p` prints
 */
export function missingNeeds(needs, { libraries, hasProgram }) {
  const found = new Set([...libraries.matchAll(/^\s*(\S+) \(/gm)].map(([, name]) => name))
  return needs.filter(({ library, program }) => !(library ? found.has(library) : hasProgram(program ?? '')))
}

/**
 * @param {Need[]} needs
 * @param {(name: string) => boolean} isKnown whether the system's package lists have it
 * @returns {string[]} each package once
 */
export const packagesFor = (needs, isKnown) => [
  ...new Set(needs.map(({ packages }) => packages.find(isKnown) ?? /** @type {string} */ (packages.at(-1)))),
]

/** @param {string} name */
const hasProgram = (name) => PATH.split(':').some((folder) => fs.existsSync(path.join(folder, name)))

/** @param {string[]} names @returns {Promise<Set<string>>} those that apt knows */
async function known(names) {
  const results = await Promise.all(names.map((name) => capture(['apt-cache', 'show', name])))
  return new Set(names.filter((_, index) => results[index]?.code === 0))
}

/** @param {Need[]} needs */
async function missingHere(needs) {
  const { output } = await capture(['ldconfig', '-p'], { env: environment })
  return missingNeeds(needs, { libraries: output, hasProgram })
}

/** @param {Need[]} missing */
async function aptPackages(missing) {
  const names = await known(missing.flatMap(({ packages }) => packages))
  return packagesFor(missing, (name) => names.has(name))
}

/**
 * @param {Need[]} missing
 * @param {string} came
 * @param {string} command
 */
const missingPage = (missing, came, command) =>
  new SetupError({
    title: 'The system lacks libraries that Electron needs',
    expected: missing.map(({ library, program }) => library ?? program).join(', '),
    came,
    advice: command,
  })

/** @param {Need[]} needs */
async function install(needs) {
  const missing = await missingHere(needs)
  if (!hasProgram('apt-get')) {
    throw missingPage(missing, 'none of these was found', "Install them with your system's package manager.")
  }
  if (process.getuid?.() !== 0) {
    const command = `sudo apt-get install -y --no-install-recommends ${(await aptPackages(missing)).join(' ')}`
    throw missingPage(missing, 'none of these was found', `Run this once, then try again:\n${command}`)
  }
  const update = await capture(['apt-get', 'update'], { env: environment })
  const names = await aptPackages(missing)
  const command = /** @type {const} */ (['apt-get', 'install', '-y', '--no-install-recommends'])
  const { code, output } = await capture([...command, ...names], { env: environment })
  if (code === 0 && (await missingHere(needs)).length === 0) return `installed ${names.join(' ')}`
  const lines = `${update.code === 0 ? '' : update.output}\n${output}`.trim().split('\n').slice(-8)
  throw missingPage(
    missing,
    lines.join('\n'),
    `Check the network, then run: ${command.join(' ')} ${names.join(' ')}`,
  )
}

/**
 * @param {Need[]} needs
 * @returns {import('../run-steps.mjs').Step}
 */
const librariesStep = (needs) => ({
  name: 'system libraries',
  bytes: 300e6,
  place: () => '/',
  isDone: async () => process.platform !== 'linux' || (await missingHere(needs)).length === 0,
  run: () => install(needs),
})

/** What a window needs. */
export const libraries = librariesStep(ELECTRON)

/** What a window needs, and a display for it where there is none. */
export const librariesAndDisplay = librariesStep([...ELECTRON, ...DISPLAY])
