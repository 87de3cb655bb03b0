import type { Column } from '../table'
import type { FittedStep, Unplaced } from './fitted'
import type { TrainingTarget } from './preparation'
import { scales } from './registries'
import type { Scratch } from './scratch'
import type { Preparation } from './settings'

/** A column and how it is prepared. */
export interface PreparedColumn extends Preparation {
  readonly column: Column
}

/** What fitting may look at beside the column: of the training rows only. */
export interface TrainingContext {
  readonly rows: Uint32Array
  readonly scratch: Scratch
  /** In the order of `rows`. */
  target(): TrainingTarget
}

export interface ColumnFit {
  readonly fitted: Unplaced
  readonly inputNames: readonly string[]
  /** What the training rows get instead of what the column's table says, scaled: [rows, width]. */
  readonly crossFitted?: Float64Array
}

/** One scale for each input of encoded values [rows, width]; with `shared`, that one for all. */
export function fitScales(
  { scale: { type, ...config } }: Preparation,
  encoded: Float64Array,
  width: number,
  shared?: FittedStep,
): FittedStep[] {
  const kind = scales.get(type)
  return Array.from({ length: width }, (_, k) => {
    if (shared) return shared
    return { type, ...kind.fit(width === 1 ? encoded : everyNth(encoded, k, width), config) }
  })
}

export function everyNth(values: Float64Array, first: number, step: number): Float64Array {
  const taken = new Float64Array(Math.ceil((values.length - first) / step))
  for (let i = 0, from = first; from < values.length; i++, from += step) taken[i] = values[from]!
  return taken
}

/** Scales the first `count` rows of encoded values [count, width], in place. */
export function applyScales(
  fitted: readonly FittedStep[] | undefined,
  values: Float64Array,
  count: number,
): void {
  if (!fitted) return
  const width = fitted.length
  fitted.forEach(({ type, ...found }, k) => {
    const kind = scales.get(type)
    if (width === 1) return kind.apply(values, count, found)
    const own = everyNth(values.subarray(0, count * width), k, width)
    kind.apply(own, count, found)
    for (let i = 0; i < count; i++) values[i * width + k] = own[i]!
  })
}
