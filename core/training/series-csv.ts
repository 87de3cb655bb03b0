import { splitNames } from '../data/prepared'
import type { MemberResult } from './series'

/**
 * `folds.csv` and `repeats.csv`: one row for each training, `<word>, seed, splitSeed, train_rows, ..., epochs, bestEpoch,
 * reason, seconds, train_loss, ..., test_<metric>, fingerprint`. What is not defined is an empty cell.
 */
export function seriesCsv(results: readonly MemberResult[], word: string): string {
  const metrics = splitNames.flatMap((split) => {
    const names = new Set(results.flatMap((result) => Object.keys(result.metrics[split] ?? {})))
    return [...names].map((name) => ({ split, name }))
  })
  const header = [
    ...[word, 'seed', 'splitSeed', ...splitNames.map((split) => `${split}_rows`)],
    ...['epochs', 'bestEpoch', 'reason', 'seconds'],
    ...metrics.map(({ split, name }) => `${split}_${name}`),
    'fingerprint',
  ]
  const rows = results.map((result) => [
    ...[result.number, result.seed, result.splitSeed, ...splitNames.map((split) => result.rows[split])],
    ...[result.epoch, result.bestEpoch, result.reason, result.seconds.toFixed(6)],
    ...metrics.map(({ split, name }) => result.metrics[split]?.[name] ?? ''),
    result.fingerprint,
  ])
  return [header, ...rows].map((row) => `${row.join()}\n`).join('')
}
