import { shareOut } from './shares'
import type { SplitKind } from './split-kind'

/** In the order of the file. */
export const sequential: SplitKind = {
  label: 'Sequential',
  hint: 'in the order of the file, for rows in time',
  foldHint: 'Each fold is one stretch of the file.',
  fixed: true,
  share: ({ count }, shares) =>
    shareOut(
      Uint32Array.from({ length: count }, (_, row) => row),
      shares,
    ),
  folds: ({ count }, folds) =>
    Uint32Array.from({ length: count }, (_, row) => Math.floor((row * folds) / count)),
}
