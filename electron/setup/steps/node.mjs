import { inRoot, readJson } from '../project.mjs'
import { SetupError } from '../setup-error.mjs'

/**
 * @param {string} version such as `20.19.1`
 * @param {string} wanted such as `>=20.19.0`
 */
export function isNewEnough(version, wanted) {
  const numbers = (/** @type {string} */ text) => text.replace(/^\D*/, '').split('.').map(Number)
  const [came, least] = [numbers(version), numbers(wanted)]
  const first = came.findIndex((part, place) => part !== least[place])
  return first === -1 || Number(came[first]) > Number(least[first])
}

/**
 * Comes before everything else, since the other steps use what this Node must have.
 * @param {string} [version]
 * @param {string} [wanted]
 */
export function checkNode(
  version = process.versions.node,
  wanted = readJson(inRoot('package.json')).engines.node,
) {
  if (isNewEnough(version, wanted)) return
  throw new SetupError({
    title: 'This Node is too old',
    expected: `Node ${wanted}`,
    came: `Node ${version} at ${process.execPath}`,
    advice: 'Install a current Node from https://nodejs.org (or with your version manager) and try again.',
  })
}
