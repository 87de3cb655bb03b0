import { SetupError } from './setup-error.mjs'

/** What npm prints, what it means, and the way out. The first that fits is taken. */
const CAUSES = [
  {
    sign: /ENOSPC|no space left/i,
    title: 'The disk is full',
    advice: 'Free about 1.2 GB where the project lies (and where npm keeps its cache), then run it again.',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network request .* failed/i,
    title: 'The packages could not be downloaded',
    advice:
      'Check the network connection and, behind a proxy, `npm config get proxy`; then run it again.\n' +
      'Packages that were downloaded before are taken from the cache.',
  },
  {
    sign: /EUSAGE|in sync/i,
    title: 'package.json and package-lock.json do not agree',
    advice: 'Run `npm install` once and commit the package-lock.json that it writes.',
  },
  {
    sign: /EACCES|EPERM/,
    title: 'npm was not allowed to write',
    advice: 'Check who owns the project folder and ~/.npm; an earlier run with sudo often is the cause.',
  },
  {
    sign: /EINTEGRITY/,
    title: 'A package is not the one that package-lock.json names',
    advice: 'Run `npm cache verify`, then run it again. If it stays so, do not trust that source.',
  },
]

const OTHER = {
  title: 'The packages could not be installed',
  advice:
    'Delete the node_modules folder and run it again; if it stays so, run `npm ci` to see all of its output.',
}

/**
 * @param {string} output what `npm ci` printed
 * @returns {SetupError}
 */
export function explainNpm(output) {
  const { title, advice } = CAUSES.find(({ sign }) => sign.test(output)) ?? OTHER
  const noise = /npm warn|complete log|npm error\s+at |^\s*(npm error)?\s*$/i
  const lines = output.split('\n').filter((line) => !noise.test(line))
  return new SetupError({
    title,
    expected: '`npm ci` to install what package-lock.json lists',
    came: lines.slice(0, 12).join('\n') || 'no word from npm',
    advice,
  })
}
