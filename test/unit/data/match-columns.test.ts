import { describe, expect, it } from 'vitest'
import { matchColumns, refuseAbsent, withEmptyColumns } from '../../../core/data/match-columns'
import { applyFeatures } from '../../../core/data/apply'
import { expandFeatures } from '../../../core/data/features'
import { prepareData } from '../../../core/data/prepare'
import { findUnseen } from '../../../core/data/unseen'
import { experimentOn, pageOf, tableOf } from './tables'

const training = tableOf({
  size: ['1', '2', '3', '6'],
  colour: ['red', 'blue', 'red', 'red'],
  note: ['x', 'y', 'z', 'w'],
  kind: ['a', 'b', 'a', 'b'],
})
const experiment = experimentOn({
  columns: {
    size: { role: 'feature' },
    colour: { role: 'feature' },
    note: { role: 'ignore' },
    kind: { role: 'target' },
  },
  split: { train: 1, validation: 0, test: 0 },
})
const { preprocessing } = prepareData(training, experiment)
const match = (...names: string[]) => matchColumns(preprocessing, experiment, names)

describe('the columns of a new table', () => {
  it('are matched by name, whatever their order', () => {
    expect(match('colour', 'size')).toMatchObject({
      ...{ found: ['size', 'colour'], absent: [], extra: [], reordered: true, hasTarget: false },
    })
    expect(match('size', 'colour', 'kind')).toMatchObject({ reordered: false, hasTarget: true })
  })

  it('that training left out are not strange; others are', () => {
    expect(match('size', 'note', 'colour', 'more')).toMatchObject({ extra: ['more'], reordered: true })
    expect(match('size', 'colour', 'note').extra).toEqual([])
  })

  it('that are named by whole numbers say nothing of their order, as an object sorts them', () => {
    const table = tableOf({ 2: ['1', '2', '3'], 1: ['3', '1', '2'], y: ['5', '7', '6'] })
    const numbered = experimentOn({
      columns: { 2: { role: 'feature' }, 1: { role: 'feature' }, y: { role: 'target' } },
      split: { train: 1, validation: 0, test: 0 },
    })
    const prepared = prepareData(table, numbered)
    expect(matchColumns(prepared.preprocessing, numbered, ['2', '1', 'y']).reordered).toBe(false)
  })

  it('that are missing are all named, with what may be meant', () => {
    const table = tableOf({ Size: ['1'], more: ['2'] })
    expect(pageOf(() => refuseAbsent(match('Size', 'more'), table))).toEqual({
      code: 'missing-column',
      expected: 'the columns "size", "colour", which the network was trained with',
      came: 'the columns Size, more',
      advice:
        'If "Size" is meant, rename it to "size". Add the columns, or let missing columns count as empty.',
      place: { file: 'table.csv', column: 'size' },
    })
  })

  it('that are missing are filled as missing cells are, where that is wanted', () => {
    const table = withEmptyColumns(tableOf({ size: ['1', '5'] }, { size: 'number' }), ['colour'])
    const full = tableOf({ size: ['1', '5'], colour: ['red', 'red'] }, { size: 'number', colour: 'category' })
    const inputs = (each: typeof full) => [...expandFeatures(applyFeatures(preprocessing, each).features)]
    expect(inputs(table)).toEqual(inputs(full))
  })
})

describe('categories that training never saw', () => {
  it('are counted column by column, the most frequent first', () => {
    const table = tableOf(
      { size: ['1', '1', '1', '1'], colour: ['green', 'pink', 'pink', ''] },
      { size: 'number', colour: 'category' },
    )
    expect(findUnseen(preprocessing, table)).toEqual([
      { column: 'colour', cells: 3, levels: ['pink', 'green'] },
    ])
    expect(findUnseen(preprocessing, training)).toEqual([])
  })
})
