import { retypeColumn } from '../retype'
import { isCoded, type CodedColumn, type Column } from '../table'
import type { ColumnFit, PreparedColumn, TrainingContext } from './column-fit'
import type { FittedColumn } from './fitted'
import type { TextEncoder } from './preparation'
import type { ColumnReader } from './reader'
import { encoders, fills } from './registries'

export function fitTextColumn(prepared: PreparedColumn, { rows }: TrainingContext): ColumnFit {
  const { name, type: columnType, levels, codes } = prepared.column as CodedColumn
  const counts = new Float64Array(levels.length + 1)
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]! + 1]!++
  const { type: fillType, ...fillConfig } = prepared.missing
  const fill =
    fillType === 'constant' ? fills.get(fillType).word(levels, counts.subarray(1), fillConfig) : null
  const { type, ...config } = prepared.encode
  const encoder = encoders.get(type) as TextEncoder
  const texts = [fill ?? '', ...levels]
  const used = [...counts.keys()].filter((i) => counts[i]! > 0)
  const found = encoder.fit(
    used.map((i) => texts[i]!),
    Float64Array.from(used, (i) => counts[i]!),
    config,
  )
  const inputNames = encoder.inputNames(name, found)
  const fitted = { column: name, type: columnType, fill, encode: { type, ...found } }
  return { fitted: { ...fitted, width: inputNames.length }, inputNames }
}

/** Texts are cut into terms once each, however many rows have them. */
export function openTextColumn(fitted: FittedColumn, table: Column): ColumnReader {
  const column = isCoded(table) ? table : (retypeColumn(table, 'category') as CodedColumn)
  const { type, ...found } = fitted.encode
  const read = (encoders.get(type) as TextEncoder).reader(found)
  const texts = [String(fitted.fill ?? ''), ...column.levels].map(read)
  const { width } = fitted
  return {
    unseen: () => 0,
    write: (rows, from, count, out) => {
      out.fill(0, 0, count * width)
      for (let i = 0; i < count; i++) {
        const { places, values } = texts[column.codes[rows[from + i]!]! + 1]!
        for (let k = 0; k < places.length; k++) out[i * width + places[k]!] = values[k]!
      }
    },
  }
}
