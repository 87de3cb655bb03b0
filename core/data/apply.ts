import { suggest } from '../catalog/suggest'
import { LabError } from '../errors/lab-error'
import { makeCodes, type Codes, type Features } from './features'
import type { FeatureTransform, Matrix, Preprocessing, TargetTransform } from './prepared'
import { isCoded, type Column, type ColumnType, type Table } from './table'
import { classReader, filledRows } from './target'

/** Gives memory for a matrix; a host that shares one copy among workers gives a SharedArrayBuffer. */
export type Allocate = (bytes: number) => ArrayBufferLike

export const allocateLocally: Allocate = (bytes) => new ArrayBuffer(bytes)

/** The inputs, and how many cells held a category that training never saw (they give zeros, or the column's fill). */
export interface AppliedFeatures {
  readonly features: Features
  readonly unseen: number
}

/**
 * Turns rows of a table into network inputs [rows, width]. Columns are matched by name, others are not looked at.
 * @throws LabError `missing-column` for a column that the table lacks, `type-mismatch` for one of another type
 */
export function applyFeatures(
  { features, width }: Preprocessing,
  table: Table,
  rows: Uint32Array = allRows(table.rowCount),
  allocate: Allocate = allocateLocally,
): AppliedFeatures {
  const plain = features.filter((feature) => !isSpread(feature))
  const values = new Float32Array(allocate(rows.length * plain.length * 4))
  let unseen = 0
  plain.forEach((feature, place) => {
    unseen += writeFeature(feature, findColumn(table, feature.column), rows, values, plain.length, place)
  })
  const coded = features.filter(isSpread).map((feature) => {
    const codes = makeCodes(rows.length, feature.levels.length, allocate)
    unseen += writeCategory(feature, findColumn(table, feature.column), rows, codes, 1, 0)
    return { start: feature.start, width: feature.width, codes }
  })
  const places = Uint32Array.from(plain, ({ start }) => start)
  const matrix = { rows: rows.length, width, values }
  return { features: coded.length ? { ...matrix, categories: { places, coded } } : matrix, unseen }
}

type CategoryTransform = FeatureTransform & { type: 'category' }

/** A category with an input for each level. */
const isSpread = (feature: FeatureTransform): feature is CategoryTransform =>
  feature.type === 'category' && feature.encode !== 'codes'

/** The types to read a further table with, so that it fits; words of a yes/no column are compared, not guessed again. */
export function typesForPrediction({ features, target }: Preprocessing): Record<string, ColumnType> {
  const type = (feature: FeatureTransform): ColumnType =>
    feature.type === 'boolean' ? 'category' : feature.type
  const inputs = features.map((feature) => [feature.column, type(feature)] as const)
  return Object.fromEntries([...inputs, [target.column, target.type === 'number' ? 'number' : 'category']])
}

export const allRows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row)

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

/** Writes one feature's inputs for all rows and returns how many cells were of no known level. */
function writeFeature(
  feature: FeatureTransform,
  column: Column,
  rows: Uint32Array,
  out: Float32Array,
  width: number,
  place: number,
): number {
  if (feature.type === 'category') return writeCategory(feature, column, rows, out, width, place)
  const read = feature.labels ? yesNoReader(column, feature.labels) : numberReader(column, feature)
  const { fill, offset, factor } = feature
  let unseen = 0
  rows.forEach((row, i) => {
    const value = read(row)
    if (value < 0 && feature.labels) unseen++
    const known = Number.isNaN(value) || (value < 0 && feature.labels) ? fill : value
    out[i * width + place] = (known - offset) / factor
  })
  return unseen
}

/** Writes the place of each row's level, or the number of levels where it was never seen. */
function writeCategory(
  feature: CategoryTransform,
  column: Column,
  rows: Uint32Array,
  out: Float32Array | Codes,
  width: number,
  place: number,
): number {
  const read = classReader(column, feature.levels)
  const fill = feature.fill === null ? -1 : feature.levels.indexOf(feature.fill)
  let unseen = 0
  rows.forEach((row, i) => {
    const missing = isMissing(column, row)
    const level = missing ? fill : read(row)
    if (level < 0 && !missing) unseen++
    out[i * width + place] = level < 0 ? feature.levels.length : level
  })
  return unseen
}

const isMissing = (column: Column, row: number): boolean =>
  isCoded(column) ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!)

function numberReader(column: Column, feature: FeatureTransform): (row: number) => number {
  if (!isCoded(column) && column.type === feature.type) return (row) => column.values[row]!
  // A column without a single filled cell has no type of its own.
  if (isCoded(column) && column.levels.length === 0) return () => NaN
  throw new LabError({
    code: 'type-mismatch',
    expected: `a column of type ${feature.type}, as in training`,
    came: `a column of type ${column.type}: ${column.reason}`,
    advice: 'Correct the cells of the column, or the CSV settings that it is read with.',
    place: { column: column.name },
  })
}

/** 0 or 1, NaN for missing, -1 for a word that is neither. Upper and lower case are the same where the labels allow it. */
function yesNoReader(column: Column, labels: readonly [string, string]): (row: number) => number {
  const lower = labels.map((label) => label.toLowerCase())
  const caseMatters = lower[0] === lower[1]
  const place = (word: string): number =>
    caseMatters ? labels.indexOf(word) : lower.indexOf(word.toLowerCase())
  if (isCoded(column)) {
    const byCode = column.levels.map(place)
    return (row) => (column.codes[row]! < 0 ? NaN : byCode[column.codes[row]!]!)
  }
  const words = column.labels?.map(place)
  return (row) => {
    const value = column.values[row]!
    return Number.isNaN(value) ? NaN : words ? words[value]! : place(String(value))
  }
}

/**
 * Turns the target cells of rows into what the loss compares with: [rows, 1] scaled numbers or 0/1, or one-hot
 * [rows, classes]. Every row must have a target (see `targetRows`).
 * @throws LabError `unknown-class` for a class that training did not have
 */
export function applyTarget(
  { target }: Pick<Preprocessing, 'target'>,
  table: Table,
  rows: Uint32Array = allRows(table.rowCount),
  allocate: Allocate = allocateLocally,
): Matrix {
  const column = findColumn(table, target.column)
  const width = target.type === 'category' ? target.classes.length : 1
  const values = new Float32Array(allocate(rows.length * width * 4))
  if (target.type === 'number') {
    const read = numberReader(column, numberFeature(target))
    rows.forEach((row, i) => (values[i] = (read(row) - target.offset) / target.factor))
  } else {
    const read = classReader(column, target.classes)
    rows.forEach((row, i) => {
      const label = read(row)
      if (label < 0) refuseClass(column, row, target.classes)
      if (target.type === 'category') values[i * width + label] = 1
      else values[i] = label
    })
  }
  return { rows: rows.length, width, values }
}

/** The rows of a table whose target cell is filled; none where the table has no such column. */
export function targetRows({ target }: Pick<Preprocessing, 'target'>, table: Table): Uint32Array {
  const column = table.columns.find(({ name }) => name === target.column)
  return column ? filledRows(column) : new Uint32Array(0)
}

const numberFeature = ({ column, offset, factor }: TargetTransform): FeatureTransform => ({
  column,
  type: 'number',
  fill: NaN,
  offset,
  factor,
  start: 0,
  width: 1,
})

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
