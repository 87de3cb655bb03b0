import type { ColumnSummary } from '../../../core/data/prepared'
import { baseOf } from '../../../core/data/table'
import { imageNetwork } from '../../../core/data/propose-image'
import type { ColumnSettings } from '../../../core/experiment/schema'
import type { Preset } from './presets'

/** Images of fewer pixels than this on a side have nothing to convolve. */
const smallest = 4

interface Columns {
  readonly columns: readonly ColumnSummary[]
  readonly settings: Readonly<Record<string, ColumnSettings>>
  readonly targets: readonly string[]
}

/** Columns of numbers that can be pixels, and those among them left out so far, since all images agree there. */
function pixelsOf({ columns, settings, targets }: Columns): { all: string[]; blank: string[] } | undefined {
  const roleOf = (column: ColumnSummary): string => settings[column.name]?.role ?? column.role
  const others = columns.filter(({ name }) => !targets.includes(name))
  const features = others.filter((column) => roleOf(column) === 'feature')
  if (features.some(({ name, type }) => baseOf(settings[name]?.type ?? type) !== 'number')) return undefined
  const blank = others
    .filter((column) => roleOf(column) === 'ignore' && baseOf(column.type) === 'number')
    .filter(({ minimum, maximum }) => minimum !== undefined && minimum === maximum)
    .map(({ name }) => name)
  return { all: [...features.map(({ name }) => name), ...blank], blank }
}

const sideOf = (pixels: number): number | undefined => {
  const side = Math.sqrt(pixels)
  return Number.isInteger(side) && side >= smallest ? side : undefined
}

/** A small network for images, where the columns of numbers fill a square; pixels that never change take part in it. */
export function imagePreset(data: Columns): Preset | undefined {
  const pixels = pixelsOf(data)
  if (!pixels) return undefined
  const bare = sideOf(pixels.all.length - pixels.blank.length)
  const side = bare ?? sideOf(pixels.all.length)
  if (side === undefined) return undefined
  const blank = bare === undefined ? pixels.blank : []
  const also = blank.length ? `, with ${blank.length} columns of one value as features` : ''
  return {
    name: 'small-conv',
    label: 'Small conv net',
    hint: `for images of ${side} × ${side} pixels in columns, row by row${also}`,
    network: imageNetwork(side, side),
    prepare: (draft) => {
      for (const name of blank)
        draft.data.columns[name] = { role: 'feature', type: 'number', scale: 'standard' }
    },
  }
}
