import { capture, npm } from '../child.mjs'
import { explainNpm } from '../explain-npm.mjs'
import { inRoot, readJson } from '../project.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry
 * @typedef {{ packages?: Record<string, Entry> }} Lock
 */

/**
 * Whether node_modules holds what the lock file asks for. npm leaves its own account in
 * node_modules/.package-lock.json, so packages that were installed by hand count too.
 * @param {Lock | undefined} wanted package-lock.json
 * @param {Lock | undefined} installed undefined where nothing is installed, or an install was broken off
 */
export function isInstalled(wanted, installed) {
  const want = wanted?.packages ?? {}
  const have = installed?.packages
  if (!have) return false
  const missing = Object.keys(want).filter((key) => key !== '' && !want[key]?.optional && !have[key])
  const other = Object.keys(have).filter(
    (key) => want[key]?.version !== have[key]?.version || want[key]?.integrity !== have[key]?.integrity,
  )
  return missing.length === 0 && other.length === 0
}

/** @type {import('../run-steps.mjs').Step} */
export const packages = {
  name: 'packages',
  bytes: 1.2e9,
  isDone: () =>
    isInstalled(readJson(inRoot('package-lock.json')), readJson(inRoot('node_modules/.package-lock.json'))),
  async run() {
    const { code, output } = await capture(npm('ci', '--no-progress', '--loglevel=notice'))
    if (code !== 0) throw explainNpm(output)
    return 'npm ci'
  },
}
