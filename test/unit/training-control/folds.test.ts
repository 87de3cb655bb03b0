import { describe, expect, it } from 'vitest'
import { foldSplit } from '../../../core/data/fold-split'
import { assignFolds, type FoldSettings } from '../../../core/data/folds'
import { prepareData } from '../../../core/data/prepare'
import type { RowsToShare } from '../../../core/data/splits/split-kind'
import { splitSchema } from '../../../core/experiment/schema'
import { foldMembers } from '../../../core/training/cross-validation'
import { experimentOn, pageOf, tableOf } from '../data/tables'

const rowsOf = (count: number, classes?: readonly number[]): RowsToShare => ({
  count,
  ...(classes && { classes }),
  keys: Float64Array.from({ length: count }, (_, row) => group(row)),
})
const settings = (folds: number, split: object = {}): FoldSettings => ({
  folds,
  split: splitSchema.parse(split),
})
/** 60 %, 30 % and 10 % of 103 rows. */
const classes = Array.from({ length: 103 }, (_, row) => (row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2))
const group = (row: number): number => row % 17

describe.each([
  ['plain', settings(5, { strategy: 'random' }), undefined],
  ['sequential', settings(5, { strategy: 'sequential' }), undefined],
  ['stratified', settings(5), classes],
  ['stratified, as many folds as rows', settings(103), classes],
  ['grouped', settings(4, { strategy: 'grouped' }), classes],
  ['without validation', settings(5, { train: 0.8, validation: 0, test: 0.2 }), classes],
] as const)('%s folds', (_name, given, labels) => {
  const rows = rowsOf(103, labels)
  const splits = Array.from({ length: given.folds }, (_, fold) => foldSplit(given, fold)(rows))

  it('test every row exactly once', () => {
    const tested = splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)
    expect(tested).toEqual(classes.map((_, row) => row))
  })

  it('share out all rows in each fold, none twice', () => {
    for (const { train, validation, test } of splits) {
      const all = [...train, ...validation, ...test].sort((a, b) => a - b)
      expect(all).toEqual(classes.map((_, row) => row))
      expect(train.length).toBeGreaterThan(0)
    }
  })

  it('are the same for the same seed, and others for another', () => {
    expect(assignFolds(rows, given)).toEqual(assignFolds(rows, given))
    const other = assignFolds(rows, { ...given, split: { ...given.split, seed: 99 } })
    const same = Array.from(other).every((fold, row) => fold === assignFolds(rows, given)[row])
    expect(same).toBe(given.split.strategy === 'sequential')
  })
})

describe('folds', () => {
  it('stratified: counts of each class differ by one at most, and so do the sizes', () => {
    const places = assignFolds(rowsOf(103, classes), settings(5))
    for (const label of [0, 1, 2, undefined]) {
      const counts = [0, 0, 0, 0, 0]
      Array.from(places).forEach(
        (fold, row) => (label === undefined || classes[row] === label) && counts[fold]!++,
      )
      expect(Math.max(...counts) - Math.min(...counts), `class ${label}`).toBeLessThanOrEqual(1)
    }
  })

  it('validate on the share of the training rows that the experiment gives', () => {
    const { train, validation, test } = foldSplit(settings(5), 0)(rowsOf(100, classes.slice(0, 100)))
    // 20 test; of the 80 left 0.15 / 0.85 validate: 14.1.
    expect([train.length, validation.length, test.length]).toEqual([66, 14, 20])
  })

  it('grouped: no group is on two sides, in any fold', () => {
    const given = settings(4, { strategy: 'grouped' })
    for (let fold = 0; fold < 4; fold++) {
      const split = foldSplit(given, fold)(rowsOf(103, classes))
      const [train, validation, test] = [split.train, split.validation, split.test].map(
        (rows) => new Set([...rows].map(group)),
      )
      expect(validation!.size).toBeGreaterThan(0)
      for (const name of test!) expect(train!.has(name) || validation!.has(name)).toBe(false)
      for (const name of validation!) expect(train!.has(name)).toBe(false)
    }
  })

  it('explain that there are too few rows or groups', () => {
    expect(pageOf(() => assignFolds(rowsOf(3), settings(4)))).toMatchObject({
      code: 'bad-folds',
      came: '4 folds of 3 rows',
    })
    const twoGroups = { count: 9, keys: Float64Array.from({ length: 9 }, (_, row) => row % 2) }
    expect(pageOf(() => assignFolds(twoGroups, settings(3, { strategy: 'grouped' })))).toMatchObject({
      code: 'too-few-groups',
      came: '2 groups',
    })
    expect(pageOf(() => assignFolds(rowsOf(9), settings(1))).code).toBe('bad-folds')
  })
})

describe('the members of a cross-validation', () => {
  const x = Array.from({ length: 30 }, (_, row) => String(row * row))
  const who = Array.from({ length: 30 }, (_, row) => (row < 3 ? '' : `p${row % 5}`))
  const table = tableOf({ x, y: x.map((_, row) => (row % 3 ? 'no' : 'yes')), who })
  const experiment = experimentOn({ columns: { y: { role: 'target' }, who: { role: 'ignore' } } })

  it('fit the preprocessing on their own training rows alone', () => {
    const offsets = [...foldMembers({ table, experiment, folds: 5 })].map(({ data }) => {
      const trained = [...data.splits.train].map((row) => Number(x[row]))
      const mean = trained.reduce((sum, value) => sum + value, 0) / trained.length
      const [feature] = data.preprocessing.features
      const [scale] = feature!.scales!
      expect(scale).toHaveProperty('offset', expect.closeTo(mean, 9))
      return scale!.offset
    })
    expect(new Set(offsets).size).toBe(5)
  })

  it('take groups from a column; rows without a group stand alone', () => {
    for (const { data } of foldMembers({ table, experiment, folds: 3, group: 'who' })) {
      const test = new Set([...data.splits.test].map((row) => who[row]).filter(Boolean))
      for (const row of data.splits.train) expect(test.has(who[row])).toBe(false)
    }
    const page = pageOf(() => [...foldMembers({ table, experiment, folds: 3, group: 'whoo' })])
    expect(page).toMatchObject({ code: 'unknown-column', advice: 'Did you mean "who"?' })
  })

  it('leave the usual split of an experiment as it was', () => {
    const { splits } = prepareData(table, experiment)
    expect([splits.train.length, splits.validation.length, splits.test.length]).toEqual([21, 5, 4])
  })
})
