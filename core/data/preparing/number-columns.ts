import { LabError } from '../../errors/lab-error'
import { sortNumbers } from '../../numerics/sort-numbers'
import { isCoded, type NumericColumn } from '../table'
import {
  applyScales,
  fitScales,
  type ColumnFit,
  type PreparedColumn,
  type TrainingContext,
} from './column-fit'
import { makeScratch, type Scratch } from './scratch'
import type { FittedColumn, FittedStep, Unplaced } from './fitted'
import type { Limits, NumberEncoder } from './preparation'
import { clips, encoders, fills, scales } from './registries'
import { readNumbers } from './read-numbers'
import type { ColumnReader } from './reader'
import { writeStraight, type Straight } from './write-straight'

/** The values of the given rows, in `taken` if it is given. */
export function gather(
  values: Float64Array,
  rows: Uint32Array,
  taken: Float64Array = new Float64Array(rows.length),
): Float64Array {
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!
  return taken
}

/** The cells of the given rows, and those of them that are filled, in one pass. */
function gatherBoth(
  values: Float64Array,
  rows: Uint32Array,
  scratch: Scratch,
): { cells: Float64Array; filled: Float64Array } {
  const cells = scratch(0, rows.length)
  const filled = scratch(1, rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!
    cells[i] = value
    if (value === value) filled[count++] = value
  }
  return { cells, filled: filled.subarray(0, count) }
}

type Bounds = Pick<Unplaced, 'fill' | 'clip'>

function fitBounds({ missing, clip }: PreparedColumn, column: NumericColumn, filled: Float64Array): Bounds {
  const [{ type: fillType, ...fillConfig }, { type: clipType, ...clipConfig }] = [missing, clip]
  const fill = fills.get(fillType).number(filled, fillConfig, column)
  if (clipType === 'none' || filled.length === 0) return { fill }
  return { fill, clip: clips.get(clipType).limits(sortNumbers(filled), clipConfig) }
}

/** Fills and clips the first `count` values, in place. */
function settle(values: Float64Array, count: number, fill: number, clip: Limits | undefined): void {
  for (let i = 0; i < count; i++) if (values[i]! !== values[i]!) values[i] = fill
  if (!clip) return
  const { low, high } = clip
  for (let i = 0; i < count; i++) values[i] = values[i]! < low ? low : values[i]! > high ? high : values[i]!
}

/** A column of the training rows up to its encoding; the values are good until the scratch is used again. */
function encodeTraining(prepared: PreparedColumn, rows: Uint32Array, scratch: Scratch) {
  const column = prepared.column as NumericColumn
  const { type, ...config } = prepared.encode
  const encoder = encoders.get(type) as NumberEncoder
  const { cells: values, filled } = gatherBoth(column.values, rows, scratch)
  const bounds = fitBounds(prepared, column, filled)
  settle(values, values.length, bounds.fill as number, bounds.clip)
  const found = encoder.fit(values, config)
  const name = column.labels ? `${column.name} = ${column.labels[1]}` : column.name
  const inputNames = encoder.inputNames(name, found)
  const encoded = encoder.encode ? new Float64Array(values.length * inputNames.length) : values
  encoder.encode?.(values, values.length, found, encoded)
  return { column, bounds, encode: { type, ...found }, inputNames, encoded, scaled: encoder.scaled }
}

/** Filled, clipped and encoded values of the training rows: what a scale is fitted on. */
export const valuesToScale = (prepared: PreparedColumn, rows: Uint32Array): Float64Array =>
  isCoded(prepared.column) ? new Float64Array(0) : encodeTraining(prepared, rows, makeScratch()).encoded

export function fitNumberColumn(
  prepared: PreparedColumn,
  { rows, scratch }: TrainingContext,
  shared?: FittedStep,
): ColumnFit {
  const { column, bounds, encode, inputNames, encoded, scaled } = encodeTraining(prepared, rows, scratch)
  const width = inputNames.length
  if (scaled) refuseOutside(prepared.scale.type, column.name, encoded, rows, 0, rows.length)
  return {
    fitted: {
      ...{ column: column.name, type: column.type },
      ...(column.labels && { labels: column.labels }),
      ...{ ...bounds, encode, width },
      ...(scaled && { scales: fitScales(prepared, encoded, width, shared) }),
    },
    inputNames,
  }
}

export function openNumberColumn(
  fitted: FittedColumn,
  column: Parameters<typeof readNumbers>[1],
): ColumnReader {
  const { values, unseen } = readNumbers(fitted, column)
  const { type, ...found } = fitted.encode
  const encoder = encoders.get(type) as NumberEncoder
  const { fill, clip, scales: fittedScales } = fitted
  const straight = straightOf(fitted)
  let settled = new Float64Array(0)
  return {
    unseen,
    ...(straight && { writeStrided: writeStraight(values, straight) }),
    write: (rows, from, count, out) => {
      if (encoder.encode && settled.length < count) settled = new Float64Array(count)
      const cells = encoder.encode ? settled : out
      for (let i = 0; i < count; i++) cells[i] = values[rows[from + i]!]!
      settle(cells, count, fill as number, clip)
      encoder.encode?.(cells, count, found, out)
      if (fittedScales) refuseOutside(fittedScales[0]?.type ?? 'none', fitted.column, out, rows, from, count)
      applyScales(fittedScales, out, count)
    },
  }
}

/** Nothing where a column becomes several inputs, or more than a line stands between cell and input. */
function straightOf({ encode, fill, clip, scales: fittedScales = [] }: FittedColumn): Straight | undefined {
  const [scale, ...more] = fittedScales
  if ((encoders.get(encode.type) as NumberEncoder).encode || !scale || more.length > 0) return undefined
  const { type, ...found } = scale
  const line = scales.get(type).straight?.(found)
  return line && { fill: fill as number, clip, ...line }
}

/** @throws LabError `outside-domain` for a number that the scale is not defined for */
export function refuseOutside(
  scale: string,
  column: string,
  values: Float64Array,
  rows: Uint32Array,
  from: number,
  count: number,
): void {
  const { domain, label } = scales.get(scale)
  if (!domain) return
  for (let i = 0; i < count; i++) {
    if (domain.holds(values[i]!)) continue
    throw new LabError({
      code: 'outside-domain',
      expected: `${domain.words}, as the scale “${label}” is defined for no others`,
      came: String(values[i]),
      advice: 'Take another scale such as "yeo-johnson", clip the column, or correct the cell.',
      place: { column, row: rows[from + i]! + 1 },
    })
  }
}
