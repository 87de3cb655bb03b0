import { LabError } from '../errors/lab-error'
import type { TargetDescription, TargetPart } from './prepared'
import { isCoded, type Column } from './table'

/** False for a missing cell. */
export const isFilled = (column: Column, row: number): boolean =>
  isCoded(column) ? column.codes[row]! >= 0 : !Number.isNaN(column.values[row]!)

/** The rows of a column that are filled. */
export function filledRows(column: Column): Uint32Array {
  const { length } = isCoded(column) ? column.codes : column.values
  const rows = new Uint32Array(length)
  let count = 0
  if (isCoded(column)) {
    for (let row = 0; row < length; row++) if (column.codes[row]! >= 0) rows[count++] = row
  } else {
    for (let row = 0; row < length; row++) if (!Number.isNaN(column.values[row]!)) rows[count++] = row
  }
  return rows.slice(0, count)
}

/** The rows in which all of some columns are filled. */
export const filledInAll = ([first, ...more]: readonly Column[]): Uint32Array =>
  more.reduce(
    (rows, column) => rows.filter((row) => isFilled(column, row)),
    first ? filledRows(first) : new Uint32Array(),
  )

/**
 * What a network must predict, from the target cells of the rows that are used: several columns are all numbers, or all
 * have two classes, as one loss is made for all of them.
 * @throws LabError as `describePart` does, `mixed-targets` for columns of unlike kinds
 */
export function describeTarget(columns: readonly Column[], rows: Uint32Array): TargetDescription {
  const parts = columns.map((column) => describePart(column, rows))
  if (parts.length === 1) return parts[0]!
  const kinds = new Set(parts.map(({ type }) => type))
  if (kinds.size > 1 || kinds.has('category')) refuseMixed(parts)
  return { type: kinds.has('number') ? 'numbers' : 'labels', parts }
}

/**
 * What one column asks of the network.
 * @throws LabError `bad-target` for free text and dates, `one-class` when there is nothing to tell apart
 */
export function describePart(column: Column, rows: Uint32Array): TargetPart {
  if (column.type === 'text' || column.type === 'date') refuseTarget(column)
  const values = new Set<number>()
  const source = isCoded(column) ? column.codes : column.values
  // Numbers need only differ.
  const enough = column.type === 'number' ? 2 : Infinity
  for (let i = 0; i < rows.length && values.size < enough; i++) values.add(source[rows[i]!]!)
  if (values.size < 2) refuseOneClass(column, values)
  if (column.type === 'number') return { type: 'number', column: column.name }
  const classes = isCoded(column) ? column.levels.filter((_, code) => values.has(code)) : column.labels!
  return classes.length === 2
    ? { type: 'binary', column: column.name, classes: [classes[0], classes[1]] }
    : { type: 'category', column: column.name, classes }
}

/** The class of one row as an index into the target's classes, -1 where the cell is missing or no such class. */
export function classReader(column: Column, classes: readonly string[]): (row: number) => number {
  if (isCoded(column)) {
    const byCode = column.levels.map((level) => classes.indexOf(level))
    return (row) => byCode[column.codes[row]!] ?? -1
  }
  const words = column.labels?.map((label) => classes.indexOf(label))
  return (row) => {
    const value = column.values[row]!
    if (Number.isNaN(value)) return -1
    return words ? words[value]! : classes.indexOf(String(value))
  }
}

const kindWords: Record<TargetPart['type'], string> = {
  number: 'numbers',
  binary: 'two classes',
  category: 'more than two classes',
}

function refuseMixed(parts: readonly TargetPart[]): never {
  const odd = parts.find(({ type }) => type !== parts[0]!.type) ?? parts[0]!
  throw new LabError({
    code: 'mixed-targets',
    expected: 'targets that are all numbers, or all of two classes, as one loss measures them together',
    came: parts.map(({ column, type }) => `"${column}" of ${kindWords[type]}`).join(', '),
    advice:
      'Keep the role target for columns of one kind, change the type of a column (0 and 1 can be numbers or yes/no), or train one network for each target.',
    place: { path: 'data.columns', column: odd.column },
  })
}

function refuseTarget(column: Column): never {
  throw new LabError({
    code: 'bad-target',
    expected: 'a target of numbers, yes/no or categories',
    came: column.type === 'date' ? 'a column of dates' : `free text: ${column.reason}`,
    advice:
      column.type === 'date'
        ? 'Choose another target.'
        : 'Choose another target, or set its type to category if its values repeat, or to number after correcting its cells.',
    place: { column: column.name },
  })
}

function refuseOneClass(column: Column, values: ReadonlySet<number>): never {
  const value = [...values][0]
  const shown =
    value === undefined ? '' : isCoded(column) ? column.levels[value] : (column.labels?.[value] ?? value)
  throw new LabError({
    code: 'one-class',
    expected: 'a target with at least two different values',
    came: value === undefined ? 'no row with a target' : `only "${shown}" in every row`,
    advice: 'Choose another target, or add rows with other values.',
    place: { column: column.name },
  })
}
