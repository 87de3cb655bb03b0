import type { SplitSettings } from '../experiment/schema'
import { assignFolds, type FoldSettings } from './folds'
import type { MakeSplit } from './prepare'
import { splitRows } from './split'
import { splitKinds } from './splits/kinds'
import type { RowsToShare } from './splits/split-kind'

/**
 * The split of one fold, from 0: its rows are the test rows. Of the others (by time, of those before) as many validate as
 * the experiment's shares of training and validation say, so that early stopping never looks at the rows that the fold is
 * judged by.
 */
export const foldSplit =
  (settings: FoldSettings, fold: number): MakeSplit =>
  (rows) => {
    const places = assignFolds(rows, settings)
    const { expanding } = splitKinds[settings.split.strategy]
    const test: number[] = []
    const rest: number[] = []
    for (let row = 0; row < rows.count; row++)
      if (places[row] === fold) test.push(row)
      else if (!expanding || places[row]! < fold) rest.push(row)
    const { train, validation } = shareRest(pick(rows, rest), settings.split)
    const back = (chosen: Uint32Array): Uint32Array => chosen.map((place) => rest[place]!)
    return { train: back(train), validation: back(validation), test: Uint32Array.from(test) }
  }

const pick = ({ classes, keys }: RowsToShare, rows: readonly number[]): RowsToShare => ({
  count: rows.length,
  ...(classes && { classes: rows.map((row) => classes[row]!) }),
  ...(keys && { keys: Float64Array.from(rows, (row) => keys[row]!) }),
})

function shareRest(rows: RowsToShare, split: SplitSettings) {
  // One group, or one time, cannot be divided: then it trains, and nothing validates.
  const share = rows.keys && new Set(rows.keys).size < 2 ? 0 : validationShare(split)
  return splitRows(rows, { ...split, train: 1 - share, validation: share, test: 0 })
}

const validationShare = ({ train, validation }: SplitSettings): number => validation / (train + validation)
