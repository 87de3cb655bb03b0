import type { ColumnRole } from '../experiment/schema'
import type { Features } from './features'
import type { FittedColumn, FittedStep } from './preparing/fitted'
import type { Unreadable } from './raw'
import type { ColumnType } from './table'

export const splitNames = ['train', 'validation', 'test'] as const
export type SplitName = (typeof splitNames)[number]

/** What one column asks of the network. */
export type TargetPart =
  | { readonly type: 'number'; readonly column: string }
  /** Yes/no and two-level categories: one unit, the probability of `classes[1]`. */
  | { readonly type: 'binary'; readonly column: string; readonly classes: readonly [string, string] }
  | { readonly type: 'category'; readonly column: string; readonly classes: readonly string[] }

/** Two columns or more of one kind, with a unit of the output for each: numbers, or labels that a row has or has not. */
export interface SeveralTargets<Part = TargetPart> {
  readonly type: 'numbers' | 'labels'
  /** In the order of the output's units. */
  readonly parts: readonly Part[]
}

/** What the network must predict; decides the width of the output layer and which losses and metrics fit. */
export type TargetDescription = TargetPart | SeveralTargets

/** One column's encoding: classes, or for numbers the scale that predictions are turned back with. */
export type PartTransform = TargetPart & { readonly scale: FittedStep }

export type TargetTransform = PartTransform | SeveralTargets<PartTransform>

/** Saved as `preprocessing.json`, and travels with every export. */
export interface Preprocessing {
  readonly version: 2
  readonly features: readonly FittedColumn[]
  /** Network inputs in all. */
  readonly width: number
  /** One name for each input: `sepal_length`, `colour = red`. */
  readonly inputNames: readonly string[]
  readonly target: TargetTransform
}

/** Row-major [rows, width] float32 matrix, in shared memory where the host has it. */
export interface Matrix {
  readonly rows: number
  readonly width: number
  readonly values: Float32Array
}

/** Data ready for training: one shared copy, and the rows of each split by index. */
export interface PreparedData {
  readonly preprocessing: Preprocessing
  readonly features: Features
  /** number: scaled value [rows, 1]; binary: 0 or 1 [rows, 1]; category: one-hot [rows, classes]; several: [rows, parts]. */
  readonly targets: Matrix
  /** How much each row counts in the loss [rows, 1], all above 0; left out where no column has the role weight. */
  readonly weights?: Matrix
  readonly splits: Readonly<Record<SplitName, Uint32Array>>
  /** Row numbers in the file (from 1) of the prepared rows, since rows without a target are left out. */
  readonly fileRows: Uint32Array
}

/** What the window is told about a column: enough to draw its row in the data panel. */
export interface ColumnSummary {
  readonly name: string
  readonly type: ColumnType
  readonly reason: string
  readonly role: ColumnRole
  readonly count: number
  readonly missing: number
  readonly distinct: number
  readonly minimum?: number
  readonly maximum?: number
  readonly mean?: number
  /** Divided by the number of filled cells. */
  readonly deviation?: number
  /** At 5, 25, 50, 75 and 95 percent. */
  readonly quantiles?: readonly number[]
  /** Equal-width bins from minimum to maximum, for numbers and dates. */
  readonly histogram?: readonly number[]
  /** Most frequent first, at most 12; for categories, yes/no and text. */
  readonly top?: readonly { readonly value: string; readonly count: number }[]
  /** Numbers and dates that occur more than once, the most frequent first, at most 12. */
  readonly frequent?: readonly { readonly value: number; readonly count: number }[]
  /** The dates have times of day. Left out where there are none. */
  readonly times?: true
  /** Cells that could not be read as the column's type, and count as missing. Left out where there are none. */
  readonly unreadable?: Unreadable
}
