import { dayOf, findTimeColumn, splitByTime } from './dated-rows'
import type { FindingKind } from './kind'
import { percent } from './words'

/** Splits that keep the order of time, or whose rows the user has marked. */
const inTime: ReadonlySet<string> = new Set(['sequential', 'time', 'marker'])

/** A series whose rows are drawn by chance: between days that were trained on, the days in question are half known. */
export const futureInTraining: FindingKind = {
  code: 'future-in-training',
  label: 'a series in time that is split by chance',
  find: (scene) => {
    const { splits, data } = scene
    const heldOut = splits.test.length ? splits.test : splits.validation
    if (inTime.has(data.split.strategy) || heldOut.length === 0) return []
    const time = findTimeColumn(scene)
    if (!time) return []
    const last = splits.train.reduce(
      (latest, row) => Math.max(latest, time.values[row]! || -Infinity),
      -Infinity,
    )
    const between = heldOut.reduce((count, row) => count + (time.values[row]! <= last ? 1 : 0), 0)
    if (between < heldOut.length / 2) return []
    return [
      {
        code: 'future-in-training',
        severity: 'warning',
        expected: 'rows to be tested on that lie after all that is trained on',
        came: `dates that rise through the file, and ${percent(between / heldOut.length)} of the held-out rows on or before ${dayOf(last)}, the last day of training`,
        advice: 'What comes next is harder to tell than what lies between. Split by time.',
        place: { column: time.name, path: 'data.split.strategy' },
        columns: [time.name],
        fix: splitByTime(time.name),
      },
    ]
  },
}
