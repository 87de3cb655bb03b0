import { seconds } from './seconds.mjs'

/** @typedef {import('./stages.mjs').Result} Result */

/**
 * @param {Result[]} results
 * @returns {string} one line a stage, numbers aligned
 */
export function table(results) {
  const head = ['stage', 'passed', 'failed', 'skipped', 'time']
  const rows = results.map(({ name, passed, failed, skipped, milliseconds }) =>
    [name, passed, failed, skipped, seconds(milliseconds)].map(String),
  )
  const width = (/** @type {number} */ column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0))
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column ? cell.padStart(width(column)) : cell.padEnd(width(column))))
      .join('   ')
  return [head, ...rows].map(line).join('\n')
}

/**
 * @param {Result[]} results
 * @returns {string} `N passed, N failed`, which machines read
 */
export function lastLine(results) {
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    results.reduce((total, result) => total + result[key], 0)
  return `${sum('passed')} passed, ${sum('failed')} failed`
}
