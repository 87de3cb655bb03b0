import { LabError } from '../errors/lab-error'
import type { SplitSettings } from '../experiment/schema'
import { createRandom } from '../random/create-random'
import { splitKinds } from './splits/kinds'
import type { RowsToShare } from './splits/split-kind'

export interface FoldSettings {
  /** How many; at least 2. */
  readonly folds: number
  /** Strategy and seed of the folds, and how much of each fold's training rows validates. */
  readonly split: SplitSettings
}

/**
 * The fold 0 .. folds-1 of each row. Sizes differ by at most one row, or as little as whole groups and times allow; with
 * `stratified` those of each class do too (Kohavi 1995, section 2.2). By time, the earliest rows are in no fold (-1), as
 * nothing came before them, and rows without a time have the number `folds`.
 * @throws LabError `bad-folds` where there are fewer rows than folds, and what the strategy says
 */
export function assignFolds(rows: RowsToShare, { folds, split }: FoldSettings): ArrayLike<number> {
  if (folds < 2) refuse(`${folds}`, 'at least 2 folds')
  if (rows.count < folds) refuse(`${folds} folds of ${rows.count} rows`, 'at least one row for each fold')
  const random = createRandom(split.seed).split('folds')
  return splitKinds[split.strategy].folds(rows, folds, random)
}

function refuse(came: string, expected: string): never {
  throw new LabError({
    code: 'bad-folds',
    expected,
    came,
    advice: 'Take fewer folds; 5 and 10 are usual. Each leaves its own rows out of the training once.',
    place: { path: 'data.split' },
  })
}
