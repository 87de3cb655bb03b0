import type { SplitSettings } from '../experiment/schema'
import { createRandom } from '../random/create-random'
import { assignFolds, groupsOf, type FoldSettings } from './folds'
import type { MakeSplit, RowsToSplit } from './prepare'
import { splitRows } from './split'

/**
 * The split of one fold, from 0: its rows are the test rows. Of the others as many validate as the experiment's shares of
 * training and validation say, so that early stopping never looks at the rows that the fold is judged by.
 */
export const foldSplit =
  (settings: FoldSettings, fold: number): MakeSplit =>
  (rows) => {
    const places = assignFolds(rows, settings)
    const test: number[] = []
    const rest: number[] = []
    places.forEach((place, row) => (place === fold ? test : rest).push(row))
    const { train, validation } = shareRest(pick(rows, rest), settings)
    const back = (chosen: Uint32Array): Uint32Array => chosen.map((place) => rest[place]!)
    return { train: back(train), validation: back(validation), test: Uint32Array.from(test) }
  }

function pick({ classes, tableRows }: RowsToSplit, rows: readonly number[]): RowsToSplit {
  return {
    count: rows.length,
    tableRows: Uint32Array.from(rows, (row) => tableRows[row]!),
    ...(classes && { classes: rows.map((row) => classes[row]!) }),
  }
}

function shareRest(rows: RowsToSplit, { split, group }: FoldSettings) {
  const share = validationShare(split)
  if (group && share > 0) return shareGroups(rows, group, share, split.seed)
  const settings = { ...split, train: 1 - share, validation: share, test: 0 }
  return splitRows(rows.count, settings, rows.classes)
}

const validationShare = ({ train, validation }: SplitSettings): number => validation / (train + validation)

/** Whole groups, in chance order, until as many rows validate as can be nearest; one group at least on either side. */
function shareGroups(
  rows: RowsToSplit,
  group: (tableRow: number) => string,
  share: number,
  seed: number,
): { train: Uint32Array; validation: Uint32Array } {
  const groups = groupsOf(rows, group)
  const order = createRandom(seed).split('validation groups').permutation(groups.length)
  const chosen = [...order].map((place) => groups[place]!)
  const wanted = share * rows.count
  const validation = groups.length > 1 ? chosen.splice(0, 1).flat() : []
  while (chosen.length > 1 && validation.length + chosen[0]!.length / 2 <= wanted)
    validation.push(...chosen.shift()!)
  return { train: Uint32Array.from(chosen.flat()).sort(), validation: Uint32Array.from(validation).sort() }
}
