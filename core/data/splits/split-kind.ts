import type { SplitSettings } from '../../experiment/schema'
import type { Random } from '../../random/random'
import type { Column } from '../table'

/** The rows that are shared out, by their place 0 .. count-1. */
export interface RowsToShare {
  readonly count: number
  /** Class of each; left out where the target is a number. */
  readonly classes?: ArrayLike<number>
  /** What a kind with a column goes by, made by its `keys`. NaN: the row is left out. */
  readonly keys?: Float64Array
}

/** One way to share rows out: among training, validation and test, and among folds. */
export interface SplitKind {
  readonly label: string
  readonly hint: string
  /** How folds of this kind are made, in a sentence. */
  readonly foldHint: string
  /** The role of the column that it goes by; left out: it needs none. */
  readonly by?: 'group' | 'time' | 'split'
  /** True: the seed changes nothing. */
  readonly fixed?: true
  /** True: a fold is trained on the folds before it only. */
  readonly expanding?: true
  /** What the column's cells of the given rows mean: one number for each. @throws LabError for cells it cannot use */
  keys?(column: Column, rows: Uint32Array, settings: SplitSettings): Float64Array
  /**
   * Rows of training, validation and test, in any order; no row in two of them.
   * @throws LabError where the rows cannot be shared out in this way
   */
  share(rows: RowsToShare, shares: readonly number[], random: Random): ArrayLike<number>[]
  /**
   * The fold 0 .. folds-1 of each row. An expanding kind gives -1 to rows that only train, and `folds` to rows left out.
   * @throws LabError where there are too few rows, groups or times
   */
  folds(rows: RowsToShare, folds: number, random: Random): ArrayLike<number>
}
