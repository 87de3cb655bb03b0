import type { z } from 'zod'
import type { Config, Kind } from '../../catalog/kind'
import type { Column, BaseType, NumericColumn } from '../table'

/** What a step found on the training rows. JSON-safe. */
export type Found = Record<string, unknown>

/** Why a setting cannot be for a column. */
export interface Misfit {
  readonly expected: string
  readonly came: string
  readonly advice: string
}

/** One step on the way from a column's cells to network inputs: fill, clip, encode, scale. */
export interface PreparationKind<C extends Config = Config> extends Kind<C> {
  /** The types of columns that it is for. */
  readonly types: readonly BaseType[]
  /** Looks at settings that only fit some columns; nothing where all is well. */
  misfit?(column: Column, config: C): Misfit | undefined
}

/** What stands in for a missing cell, in the column's own unit. */
export interface FillKind<C extends Config = Config> extends PreparationKind<C> {
  /** Of the filled cells of the training rows, in their order. */
  number(values: Float64Array, config: C, column: NumericColumn): number
  /** Of the levels and how many training rows have each; null: none of them, as for one never seen. */
  word(levels: readonly string[], counts: Float64Array, config: C): string | null
}

export interface Limits {
  readonly low: number
  readonly high: number
}

/** Where outliers are cut off: beyond, a value becomes the limit itself. */
export interface ClipKind<C extends Config = Config> extends PreparationKind<C> {
  /** Of the filled cells of the training rows, ascending; at least one. */
  limits(sorted: Float64Array, config: C): Limits
}

/** A monotone change of numbers that brings them near 0 and 1. */
export interface ScaleKind<C extends Config = Config, F extends Found = Found> extends PreparationKind<C> {
  /** What is saved; checked when a run is opened. */
  readonly found: z.ZodType<F>
  /** True where any output of a network can be turned back, so that it can be the scale of a target. */
  readonly forTarget: boolean
  /** The numbers that it is defined for, where not for all. */
  readonly domain?: { readonly words: string; holds(value: number): boolean }
  fit(values: Float64Array, config: C): F
  /** Given where `apply` is (x − offset) / factor and no more, so that it can be done while cells are copied. */
  straight?(found: F): { readonly offset: number; readonly factor: number }
  /** The first `count` values, in place. */
  apply(values: Float64Array, count: number, found: F): void
  /** The inverse of `apply`, in place. */
  invert(values: Float64Array, count: number, found: F): void
}

interface EncoderBase<C extends Config, F extends Found> extends PreparationKind<C> {
  readonly found: z.ZodType<F>
  /** True: its numbers are scaled like those of a column of numbers. */
  readonly scaled: boolean
  /** True: its inputs come before all others, as layers that look up codes need it. */
  readonly first?: boolean
}

/** From numbers (days for dates, 0 and 1 for yes/no) to inputs. */
export interface NumberEncoder<C extends Config = Config, F extends Found = Found> extends EncoderBase<C, F> {
  readonly takes: 'numbers'
  /** Of the training rows, filled and clipped. */
  fit(values: Float64Array, config: C): F
  inputNames(column: string, found: F): string[]
  /** The first `count` values to `out` [count, inputs]. Left out: they are the one input themselves. */
  encode?(values: Float64Array, count: number, found: F, out: Float64Array): void
}

/** What is to be predicted, of the training rows: numbers in their own unit, or 1 for the row's class and 0 for others. */
export interface TrainingTarget {
  readonly names: readonly string[]
  /** [rows, names] */
  readonly values: Float64Array
}

export interface LevelCells {
  readonly levels: readonly string[]
  /** Of the training rows: places in `levels`; their number where a cell has none of them. */
  readonly places: Uint32Array
  target(): TrainingTarget
}

/** From one of several levels to inputs. */
export interface LevelEncoder<C extends Config = Config, F extends Found = Found> extends EncoderBase<C, F> {
  readonly takes: 'levels'
  fit(cells: LevelCells, config: C): F
  inputNames(column: string, found: F, levels: readonly string[]): string[]
  /** [levels + 1, inputs], the last row for none of them. Left out: one input for each level, 1 where the row has it. */
  table?(found: F, levels: readonly string[]): Float64Array
  /** What the training rows themselves get instead [rows, inputs], where the table would tell them their own target. */
  crossFitted?(cells: LevelCells, config: C): Float64Array
}

/** Numbers of a text that differ from 0. */
export interface Sparse {
  readonly places: Uint32Array
  readonly values: Float64Array
}

/** From short texts to inputs. */
export interface TextEncoder<C extends Config = Config, F extends Found = Found> extends EncoderBase<C, F> {
  readonly takes: 'texts'
  /** Of the distinct texts of the training rows, and how many rows have each. */
  fit(texts: readonly string[], counts: Float64Array, config: C): F
  inputNames(column: string, found: F): string[]
  /** Gives what turns texts into numbers. */
  reader(found: F): (text: string) => Sparse
}

export type EncoderKind = NumberEncoder | LevelEncoder | TextEncoder
