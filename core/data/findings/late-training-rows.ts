import { dayOf, findTimeColumn, splitByTime } from './dated-rows'
import { shownRows, type Finding } from './finding'
import type { FindingKind } from './kind'
import { plural } from './words'

/** A split in the order of the file, in a file that is not quite in the order of time. */
export const lateTrainingRows: FindingKind = {
  code: 'late-training-rows',
  label: 'training rows dated after the split',
  find: (scene) => {
    const { splits, data } = scene
    const heldOut = splits.validation.length ? splits.validation : splits.test
    if (data.split.strategy !== 'sequential' || heldOut.length === 0) return []
    const time = findTimeColumn(scene)
    if (!time) return []
    const first = heldOut.reduce(
      (least, row) => (time.values[row]! < least ? time.values[row]! : least),
      Infinity,
    )
    const late = [...splits.train].filter((row) => time.values[row]! > first).map((row) => row + 1)
    if (late.length === 0) return []
    const page: Finding = {
      code: 'late-training-rows',
      severity: 'warning',
      expected: `training rows no later than ${dayOf(first)}, when the held-out rows begin`,
      came: `${plural(late.length, 'row')} dated after it, first row ${late[0]}`,
      advice: `The order of the file is not the order of time. Split by the time in "${time.name}".`,
      place: { column: time.name, row: late[0]! },
      columns: [time.name],
      rows: late.slice(0, shownRows),
      fix: splitByTime(time.name),
    }
    return [page]
  },
}
