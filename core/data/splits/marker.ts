import { LabError } from '../../errors/lab-error'
import type { SplitSettings } from '../../experiment/schema'
import { splitNames, type SplitName } from '../prepared'
import { isCoded, type Column } from '../table'
import { blocksOf } from './key-blocks'
import type { SplitKind } from './split-kind'

/** What words of a marker column usually mean, whatever their case. */
const commonMarks: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  holdout: 'test',
  'hold-out': 'test',
}

/** What a word means by itself; nothing where the settings must say. */
export const commonMark = (word: string): SplitName | undefined => commonMarks[word.trim().toLowerCase()]

/** A column says where each row belongs, as in tables whose split is published with them. */
export const marker: SplitKind = {
  label: 'By a marker column',
  hint: 'a column says train, validation or test for each row',
  foldHint: 'A marker column says nothing of folds.',
  by: 'split',
  fixed: true,
  keys: markerKeys,
  share: ({ keys }, shares) => {
    const blocks = blocksOf(keys!)
    return shares.map((_, part) => blocks.find(({ key }) => key === part)?.rows ?? [])
  },
  folds: () => refuseFolds(),
}

/** The place of each row's split among `splitNames`; NaN for a row that is in none. */
function markerKeys(column: Column, rows: Uint32Array, { marks = {} }: SplitSettings): Float64Array {
  const read = meaningOf(column, marks)
  return Float64Array.from(rows, read)
}

function meaningOf(column: Column, marks: NonNullable<SplitSettings['marks']>): (row: number) => number {
  const place = (word: string): number => {
    const meaning = marks[word] ?? commonMark(word) ?? refuseMark(column, word)
    return meaning === 'none' ? NaN : splitNames.indexOf(meaning)
  }
  if (isCoded(column)) {
    const byCode = column.levels.map(place)
    return (row) => byCode[column.codes[row]!] ?? NaN
  }
  const known = new Map<number, number>()
  return (row) => {
    const value = column.values[row]!
    if (Number.isNaN(value)) return NaN
    if (!known.has(value)) known.set(value, place(column.labels?.[value] ?? String(value)))
    return known.get(value)!
  }
}

function refuseMark(column: Column, word: string): never {
  throw new LabError({
    code: 'unknown-mark',
    expected: `train, validation or test (or ${Object.keys(commonMarks).join(', ')}) in the marker column`,
    came: `"${word}"`,
    advice: `Say what it means: "marks": { "${word}": "train" }, or "validation", "test", "none" to leave its rows out.`,
    place: { column: column.name, path: 'data.split.marks' },
  })
}

function refuseFolds(): never {
  throw new LabError({
    code: 'marker-folds',
    expected: 'a way to share rows out into folds: stratified, random, sequential, grouped or time',
    came: 'the strategy "marker": its column gives each row one place, and folds need many',
    advice: 'Choose another kind of folds. The marked split itself is used by a single training.',
    place: { path: 'data.split.strategy' },
  })
}
