import { LabError } from '../../errors/lab-error'
import { isCoded, type Column } from '../table'
import { cutAt } from './cut-at'
import { blocksOf } from './key-blocks'
import { largestRemainders } from './shares'
import type { RowsToShare, SplitKind } from './split-kind'

/** Earliest rows train, latest test: the future is not there yet when a model is made. Rows of one time stay together. */
export const time: SplitKind = {
  label: 'By time',
  hint: 'earliest rows train, latest test; rows of one time stay together',
  foldHint: 'Each fold is trained on all that came before it, and tested on what follows.',
  by: 'time',
  fixed: true,
  expanding: true,
  keys: timeKeys,
  share: (rows, shares) => {
    const blocks = inOrder(rows)
    const used = shares.flatMap((share, part) => (share > 0 ? [part] : []))
    if (blocks.length < used.length)
      refuse(blocks.length, `${used.length} different times, one for each split`)
    const count = blocks.reduce((sum, block) => sum + block.length, 0)
    const counts = largestRemainders(count, shares)
    const cuts = cutAt(
      blocks.map((block) => block.length),
      used.map((part) => counts[part]!),
    )
    const parts = shares.map((): number[] => [])
    used.forEach((part, i) => (parts[part] = blocks.slice(cuts[i], cuts[i + 1]).flat()))
    return parts
  },
  folds: (rows, folds) => {
    const blocks = inOrder(rows)
    if (blocks.length <= folds) refuse(blocks.length, `${folds + 1} different times, one more than folds`)
    const count = blocks.reduce((sum, block) => sum + block.length, 0)
    const cuts = cutAt(
      blocks.map((block) => block.length),
      Array.from({ length: folds + 1 }, () => count / (folds + 1)),
    )
    const places = new Int32Array(rows.count).fill(folds)
    for (let part = 0; part <= folds; part++)
      for (const row of blocks.slice(cuts[part], cuts[part + 1]).flat()) places[row] = part - 1
    return places
  },
}

/** Numbers and dates as they are; words by their place in the order of words. NaN: no time. */
function timeKeys(column: Column, rows: Uint32Array): Float64Array {
  const keys = new Float64Array(rows.length)
  if (isCoded(column)) rows.forEach((row, i) => (keys[i] = column.codes[row]! < 0 ? NaN : column.codes[row]!))
  else rows.forEach((row, i) => (keys[i] = column.values[row]!))
  return keys
}

const inOrder = ({ keys }: RowsToShare): number[][] =>
  blocksOf(keys!)
    .sort((a, b) => a.key - b.key)
    .map(({ rows }) => rows)

function refuse(times: number, expected: string): never {
  throw new LabError({
    code: 'too-few-times',
    expected,
    came: `${times} ${times === 1 ? 'time' : 'different times'}`,
    advice: 'Choose a finer column of time, fewer folds, or set the share of one split to 0.',
    place: { path: 'data.split' },
  })
}
