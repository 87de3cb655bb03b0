import type { z } from 'zod'
import type { Config, Kind } from '../../../catalog/kind'
import type { NumberMarks } from '../number'

/** A cell as it stands in the file, and how many rows have it. */
export interface WrittenCell {
  readonly cell: string
  readonly rows: number
}

/** A rule for single cells of a column, as an experiment keeps it: `R` is what stands in the file, `C` what its form shows. */
export interface ReadingKind<R = unknown, C extends Config = Config> extends Kind<C> {
  /** Checks what stands in the experiment file, under the rule's name. */
  readonly setting: z.ZodType<R>
  /** True: a column of numbers comes of it. */
  readonly forNumbers: boolean
  /** What becomes of a cell as it is written. */
  rewriter?(rule: R, marks: NumberMarks): (cell: string) => string
  /** What becomes of a number that was read; NaN counts as missing. */
  number?(rule: R): (value: number) => number
  /** The rule in one line, as a person reads it. */
  words(rule: R): string
  toForm(rule: R): C
  /** Nothing where the form says nothing. */
  fromForm(config: C): R | undefined
  /** Where a person may begin, by the cells of the column; the most frequent come first. */
  propose(cells: readonly WrittenCell[], marks: NumberMarks): R
}
