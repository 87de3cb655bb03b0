import { wayOf } from '../derived/kinds'
import { neededFor } from '../derived/needed'
import { seriesOf } from '../derived/series-order'
import { splitByTime } from './dated-rows'
import type { Fix } from './fix'
import type { FindingKind } from './kind'
import type { Scene } from './scene'
import { percent, plural } from './words'

/** Inputs from earlier rows, in a split that takes some of those rows out of the training. */
export const historyAcrossSplits: FindingKind = {
  code: 'history-across-splits',
  label: 'training rows whose inputs come from held-out rows',
  find: (scene) => {
    const history = neededFor(
      scene.features.map(({ column }) => column.name),
      scene.data,
    ).derived.filter((each) => wayOf(each) !== 'formula')
    if (history.length === 0) return []
    const { share, row } = readingHeldOut(scene)
    if (row === undefined) return []
    return [
      {
        code: 'history-across-splits',
        severity: 'warning',
        expected: 'training rows whose inputs come from training rows',
        came: `${plural(history.length, 'column')} from earlier rows, and ${percent(share)} of the training rows right after a held-out one, first row ${row + 1}`,
        advice:
          'What is held out is then known in part. Keep a series together: split by time, in the order of the file, or by its group.',
        place: { path: 'data.split.strategy', row: row + 1 },
        columns: [],
        fix: inOrder(scene),
      },
    ]
  },
}

/** The training rows that follow a held-out row of the same series: their share, and the first of the file. */
function readingHeldOut({ table, data, splits }: Scene): { share: number; row?: number } {
  const isTrained = new Set(splits.train)
  const isHeldOut = new Set([...splits.validation, ...splits.test])
  const late = seriesOf(table, data).flatMap((rows) =>
    [...rows].filter((row, i) => i > 0 && isTrained.has(row) && isHeldOut.has(rows[i - 1]!)),
  )
  const first = late.reduce((least, row) => Math.min(least, row), Infinity)
  return { share: late.length / splits.train.length, ...(late.length && { row: first }) }
}

function inOrder({ data: { columns } }: Scene): Fix {
  const time = Object.keys(columns).find((name) => columns[name]!.role === 'time')
  if (time !== undefined) return splitByTime(time)
  return { label: 'Split in the order of the file', change: { split: { strategy: 'sequential' } } }
}
