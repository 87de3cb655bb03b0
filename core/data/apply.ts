import { suggest } from '../catalog/suggest'
import { LabError } from '../errors/lab-error'
import { makeCodes, type Features } from './features'
import { openColumn } from './preparing/families'
import type { FittedColumn } from './preparing/fitted'
import { gather, refuseOutside } from './preparing/number-columns'
import { readNumbers } from './preparing/read-numbers'
import { isSpread } from './preparing/registries'
import type { ColumnReader } from './preparing/reader'
import { scaleTarget } from './preparing/target-scale'
import type { Matrix, PartTransform, Preprocessing } from './prepared'
import { isCoded, type Column, type ColumnType, type Table } from './table'
import { classReader, filledInAll } from './target'
import { outputUnits, partsOf, targetColumns } from './target-parts'

/** Gives memory for a matrix; a host that shares one copy among workers gives a SharedArrayBuffer. */
export type Allocate = (bytes: number) => ArrayBufferLike

export const allocateLocally: Allocate = (bytes) => new ArrayBuffer(bytes)

/** The inputs, and how many cells held a category that training never saw (they give zeros, or what the column says). */
export interface AppliedFeatures {
  readonly features: Features
  readonly unseen: number
}

/** Rows that are written together: a few columns of them stay in the processor's cache. */
const block = 2048

/**
 * Turns rows of a table into network inputs [rows, width]. Columns are matched by name, others are not looked at.
 * @throws LabError `missing-column` for a column that the table lacks, `type-mismatch` for one of another type,
 * `outside-domain` for a number that its scale is not defined for
 */
export function applyFeatures(
  { features, width }: Preprocessing,
  table: Table,
  rows: Uint32Array = allRows(table.rowCount),
  allocate: Allocate = allocateLocally,
): AppliedFeatures {
  const open = features.map((feature) => {
    const column = findColumn(table, feature.column)
    return { feature, column, reader: openColumn(feature, column) }
  })
  const unseen = open.reduce((sum, { reader }) => sum + reader.unseen(rows), 0)
  const coded = open
    .filter(({ feature }) => isSpread(feature.encode.type))
    .map(({ feature: { start, width }, reader }) => {
      const codes = makeCodes(rows.length, width, allocate)
      reader.writePlaces!(rows, codes)
      return { start, width, codes }
    })
  const writers = open.flatMap(({ feature, column, reader }) => [
    ...(isSpread(feature.encode.type) ? [] : [{ ...placeOf(feature), ...reader }]),
    ...(feature.indicator === undefined ? [] : [indicatorOf(feature.indicator, column)]),
  ])
  writers.sort((a, b) => a.start - b.start)
  const places = Uint32Array.from(
    writers.flatMap(({ start, width }) => Array.from({ length: width }, (_, i) => start + i)),
  )
  const values = new Float32Array(allocate(rows.length * places.length * 4))
  writeDense(writers, rows, values, places.length)
  const matrix = { rows: rows.length, width, values }
  return { features: coded.length ? { ...matrix, categories: { places, coded } } : matrix, unseen }
}

interface Writer extends Pick<ColumnReader, 'write' | 'writeStrided'> {
  readonly start: number
  readonly width: number
}

const placeOf = ({ start, width }: FittedColumn) => ({ start, width })

/** One input: 1 where the cell is missing. */
const indicatorOf = (start: number, column: Column): Writer => ({
  ...{ start, width: 1 },
  write: isCoded(column)
    ? (rows, from, count, out) => {
        for (let i = 0; i < count; i++) out[i] = column.codes[rows[from + i]!]! < 0 ? 1 : 0
      }
    : (rows, from, count, out) => {
        for (let i = 0; i < count; i++) out[i] = Number.isNaN(column.values[rows[from + i]!]!) ? 1 : 0
      },
})

/** Each writer's inputs follow those of the one before, in `values` [rows, stride]. */
function writeDense(
  writers: readonly Writer[],
  rows: Uint32Array,
  values: Float32Array,
  stride: number,
): void {
  const widest = writers.reduce((most, { width }) => Math.max(most, width), 0)
  const size = Math.max(1, Math.min(block, rows.length, Math.floor((block * 64) / Math.max(1, widest))))
  const scratch = new Float64Array(size * widest)
  for (let from = 0; from < rows.length; from += size) {
    const count = Math.min(size, rows.length - from)
    let place = from * stride
    for (const { width, write, writeStrided } of writers) {
      if (writeStrided) writeStrided(rows, from, count, values, place, stride)
      else {
        write(rows, from, count, scratch)
        scatter(scratch, count, width, values, place, stride)
      }
      place += width
    }
  }
}

/** Rows of `block` [count, width] into rows of `values` from `to` on, each `stride` after the one before. */
function scatter(
  block: Float64Array,
  count: number,
  width: number,
  values: Float32Array,
  to: number,
  stride: number,
): void {
  if (width === 1) {
    for (let i = 0, at = to; i < count; i++, at += stride) values[at] = block[i]!
    return
  }
  for (let i = 0, from = 0; i < count; i++)
    for (let k = 0, at = to + i * stride; k < width; k++) values[at + k] = block[from++]!
}

/** The types to read a further table with, so that it fits; words of a yes/no column are compared, not guessed again. */
export function typesForPrediction({ features, target }: Preprocessing): Record<string, ColumnType> {
  const type = (feature: FittedColumn): ColumnType => (feature.type === 'boolean' ? 'category' : feature.type)
  const inputs = features.map((feature) => [feature.column, type(feature)] as const)
  const goals = partsOf(target).map(
    (part) => [part.column, part.type === 'number' ? 'number' : 'category'] as const,
  )
  return Object.fromEntries([...inputs, ...goals])
}

export const allRows = (count: number): Uint32Array => {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}

function findColumn(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column) return column
  const names = table.columns.map((candidate) => candidate.name)
  const near = suggest(name, names)
  throw new LabError({
    code: 'missing-column',
    expected: `a column "${name}", which the network was trained with`,
    came: `the columns ${names.join(', ')}`,
    advice: near
      ? `If "${near}" is meant, rename it to "${name}".`
      : 'Add the column; it may hold empty cells.',
    place: { file: table.name, column: name },
  })
}

/**
 * Turns the target cells of rows into what the loss compares with: [rows, 1] scaled numbers or 0/1, or one-hot
 * [rows, classes], of several columns side by side. Every row must have every target (see `targetRows`).
 * @throws LabError `unknown-class` for a class that training did not have, `outside-domain` as for features
 */
export function applyTarget(
  { target }: Pick<Preprocessing, 'target'>,
  table: Table,
  rows: Uint32Array = allRows(table.rowCount),
  allocate: Allocate = allocateLocally,
): Matrix {
  const width = outputUnits(target)
  const values = new Float32Array(allocate(rows.length * width * 4))
  let start = 0
  for (const part of partsOf(target)) {
    applyPart(part, findColumn(table, part.column), rows, { values, width, start })
    start += outputUnits(part)
  }
  return { rows: rows.length, width, values }
}

/** Where a part's numbers go: from `start` on in each row of `values` [rows, width]. */
interface PartPlace {
  readonly values: Float32Array
  readonly width: number
  readonly start: number
}

function applyPart(part: PartTransform, column: Column, rows: Uint32Array, place: PartPlace): void {
  const { values, width, start } = place
  if (part.type === 'number') {
    const numbers = gather(readNumbers({ type: 'number' }, column).values, rows)
    refuseOutside(part.scale.type, part.column, numbers, rows, 0, rows.length)
    scaleTarget(numbers, part)
    for (let i = 0; i < rows.length; i++) values[i * width + start] = numbers[i]!
    return
  }
  const read = classReader(column, part.classes)
  for (let i = 0; i < rows.length; i++) {
    const label = read(rows[i]!)
    if (label < 0) refuseClass(column, rows[i]!, part.classes)
    if (part.type === 'category') values[i * width + start + label] = 1
    else values[i * width + start] = label
  }
}

/** The rows of a table whose target cells are all filled; none where the table lacks one of the columns. */
export function targetRows({ target }: Pick<Preprocessing, 'target'>, table: Table): Uint32Array {
  const names = targetColumns(target)
  const found = names.flatMap((name) => table.columns.find((column) => column.name === name) ?? [])
  return found.length === names.length ? filledInAll(found) : new Uint32Array(0)
}

function refuseClass(column: Column, row: number, classes: readonly string[]): never {
  const cell = isCoded(column) ? (column.levels[column.codes[row]!] ?? '') : String(column.values[row])
  throw new LabError({
    code: 'unknown-class',
    expected: `one of the classes that the network knows: ${classes.join(', ')}`,
    came: cell === '' ? 'a missing cell' : `"${cell}"`,
    advice: 'Correct the cell, or leave the row out.',
    place: { column: column.name, row: row + 1 },
  })
}
