import { deal, shareOut } from './shares'
import type { SplitKind } from './split-kind'

/** Rows are drawn by the seed alone. */
export const random: SplitKind = {
  label: 'Random',
  hint: 'rows are drawn by the seed alone',
  foldHint: 'Rows are drawn by the seed of the split alone.',
  share: ({ count }, shares, chance) => shareOut(chance.permutation(count), shares),
  folds: ({ count }, folds, chance) => deal(chance.permutation(count), folds),
}
