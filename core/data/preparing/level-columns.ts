import type { ColumnSettings } from '../../experiment/schema'
import { retypeColumn } from '../retype'
import { isCoded, type CodedColumn, type Column } from '../table'
import {
  applyScales,
  fitScales,
  type ColumnFit,
  type PreparedColumn,
  type TrainingContext,
} from './column-fit'
import type { FittedColumn, Unplaced } from './fitted'
import type { LevelEncoder } from './preparation'
import type { ColumnReader } from './reader'
import { encoders, fills } from './registries'

const otherLabel = 'other'

type Grouping = Pick<Unplaced, 'fill' | 'rare' | 'unseen'> & { readonly levels: readonly string[] }

/** How many of the rows have each level of the column; missing cells are counted as none. */
function countLevels({ codes, levels }: CodedColumn, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(levels.length)
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!
    if (code >= 0) counts[code]!++
  }
  return counts
}

/** The levels that training knows, and what missing, rare and unseen cells count as. */
function group(prepared: PreparedColumn, column: CodedColumn, rows: Uint32Array): Grouping {
  const counts = countLevels(column, rows)
  const { type, ...config } = prepared.missing
  const fill = fills.get(type).word(column.levels, counts, config)
  const filled = counts.reduce((sum, count) => sum + count, 0)
  const uses = new Map<string, number>()
  column.levels.forEach((level, code) => counts[code]! > 0 && uses.set(level, counts[code]!))
  if (fill !== null) uses.set(fill, (uses.get(fill) ?? 0) + rows.length - filled)
  const unseen = prepared.unseen === 'zeros' ? {} : { unseen: prepared.unseen }
  if (!prepared.rare) return { fill, levels: [...uses.keys()], ...unseen }
  const least = leastRows(prepared.rare, rows.length)
  const isRare = (level: string): boolean => level === otherLabel || uses.get(level)! < least
  const levels = [...uses.keys()]
  return {
    ...{ fill, levels: [...levels.filter((level) => !isRare(level)), otherLabel] },
    ...{ rare: levels.filter(isRare), ...unseen },
  }
}

const leastRows = ({ minimum = 0, share = 0 }: NonNullable<ColumnSettings['rare']>, rows: number): number =>
  Math.max(minimum, share * rows)

/** Gives the place of a word among the levels, their number for none of them. */
function placeReader({ levels, rare = [], fill, unseen }: Grouping): (word: string | null) => number {
  const places = new Map(levels.map((level, place) => [level, place]))
  for (const level of rare) places.set(level, levels.length - 1)
  const missing = fill === null ? levels.length : (places.get(String(fill)) ?? levels.length)
  const stranger = unseen === 'other' ? levels.length - 1 : unseen === 'fill' ? missing : levels.length
  return (word) => (word === null ? missing : (places.get(word) ?? stranger))
}

/** For each code of the column, after that of missing cells, its place. */
function placesByCode({ levels }: CodedColumn, place: (word: string | null) => number): Uint32Array {
  return Uint32Array.from([null, ...levels], place)
}

export function fitLevelColumn(prepared: PreparedColumn, { rows, target }: TrainingContext): ColumnFit {
  const column = prepared.column as CodedColumn
  const { type, ...config } = prepared.encode
  const encoder = encoders.get(type) as LevelEncoder
  const grouping = group(prepared, column, rows)
  const byCode = placesByCode(column, placeReader(grouping))
  const places = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) places[i] = byCode[column.codes[rows[i]!]! + 1]!
  const cells = { levels: grouping.levels, places, target }
  const found = encoder.fit(cells, config)
  const inputNames = encoder.inputNames(column.name, found, grouping.levels)
  const fitted = { column: column.name, type: column.type, ...grouping, encode: { type, ...found } }
  const width = inputNames.length
  if (!encoder.scaled) return { fitted: { ...fitted, width }, inputNames }
  const crossFitted = encoder.crossFitted?.(cells, config)
  const encoded = crossFitted ?? spreadTable(encoder.table!(found, grouping.levels), places, width)
  const scales = fitScales(prepared, encoded, width)
  if (crossFitted) applyScales(scales, crossFitted, rows.length)
  return { fitted: { ...fitted, scales, width }, inputNames, ...(crossFitted && { crossFitted }) }
}

function spreadTable(table: Float64Array, places: Uint32Array, width: number): Float64Array {
  const out = new Float64Array(places.length * width)
  for (let i = 0; i < places.length; i++)
    for (let k = 0; k < width; k++) out[i * width + k] = table[places[i]! * width + k]!
  return out
}

export function openLevelColumn(fitted: FittedColumn, table: Column): ColumnReader {
  const column = isCoded(table) ? table : (retypeColumn(table, 'category') as CodedColumn)
  const { type, ...found } = fitted.encode
  const encoder = encoders.get(type) as LevelEncoder
  const levels = fitted.levels ?? []
  const known = new Set([...levels, ...(fitted.rare ?? [])])
  const byCode = placesByCode(column, placeReader({ ...fitted, levels }))
  const isStranger = Uint8Array.from([0, ...column.levels.map((level) => (known.has(level) ? 0 : 1))])
  const { codes } = column
  const hasStrangers = isStranger.includes(1)
  const unseen = (rows: Uint32Array): number => {
    let count = 0
    if (!hasStrangers) return count
    for (let i = 0; i < rows.length; i++) count += isStranger[codes[rows[i]!]! + 1]!
    return count
  }
  const writePlaces: ColumnReader['writePlaces'] = (rows, out) => {
    for (let i = 0; i < rows.length; i++) out[i] = byCode[codes[rows[i]!]! + 1]!
  }
  if (!encoder.table) return { unseen, write: () => {}, writePlaces }
  const { width } = fitted
  const numbers = encoder.table(found, levels)
  applyScales(fitted.scales, numbers, levels.length + 1)
  return {
    unseen,
    write: (rows, from, count, out) => {
      for (let i = 0, to = 0; i < count; i++) {
        const place = byCode[codes[rows[from + i]!]! + 1]! * width
        for (let k = 0; k < width; k++) out[to++] = numbers[place + k]!
      }
    },
  }
}
