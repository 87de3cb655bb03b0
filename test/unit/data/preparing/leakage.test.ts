import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../../core/data/prepare'
import type { PreparedData, SplitName } from '../../../../core/data/prepared'
import { steps, type StepName } from '../../../../core/data/preparing/registries'
import { kindsFor } from '../../../../core/data/preparing/settings'
import type { BaseType } from '../../../../core/data/table'
import type { ColumnSettings } from '../../../../core/experiment/schema'
import { experimentOn, tableOf } from '../tables'

const count = 60
const types = ['number', 'boolean', 'date', 'category', 'text'] as const
const stepNames = Object.keys(steps) as StepName[]

const plainCells: Record<BaseType, (row: number) => string> = {
  number: (row) => String(((row * 37) % 53) / 4),
  boolean: (row) => (row % 3 ? 'no' : 'yes'),
  date: (row) =>
    `2023-${String((row % 12) + 1).padStart(2, '0')}-${String(((row * 7) % 28) + 1).padStart(2, '0')}`,
  category: (row) => ['red', 'blue', 'green', 'black'][(row * row) % 4]!,
  text: (row) =>
    ['turn on the light', 'what is the time', 'good morning', `call number ${row % 9}`][row % 4]!,
}

/** Of another size, level, year or word than any training row has. */
const strangeCells: Record<BaseType, (row: number) => string> = {
  number: (row) => String(90_000 + row),
  boolean: (row) => (row % 2 ? 'no' : 'yes'),
  date: (row) => `1901-0${(row % 9) + 1}-01T0${row % 10}:30`,
  category: () => 'violet',
  text: (row) => `something altogether new ${row}`,
}

const targets = {
  number: { plain: (row: number) => String(row % 11), strange: (row: number) => String(5000 + row) },
  category: {
    plain: (row: number) => ['x', 'y', 'z'][row % 3]!,
    strange: (row: number) => ['x', 'y', 'z'][(row + 1) % 3]!,
  },
} as const
type TargetType = keyof typeof targets

/** A table of one column and a target, whose `changed` rows hold other cells; each sixth cell is missing in any case. */
function tableWith(type: BaseType, target: TargetType, changed: ReadonlySet<number>) {
  const pick = <T>(row: number, plain: T, strange: T): T => (changed.has(row) ? strange : plain)
  const rows = Array.from({ length: count }, (_, row) => row)
  return tableOf(
    {
      x: rows.map((row) => (row % 6 === 5 ? '' : pick(row, plainCells, strangeCells)[type](row))),
      y: rows.map((row) => pick(row, targets[target].plain, targets[target].strange)(row)),
    },
    { x: type, y: target },
  )
}

const experimentWith = (type: BaseType, settings: ColumnSettings, target: ColumnSettings = {}) =>
  experimentOn({
    columns: { x: { role: 'feature', type, ...settings }, y: { role: 'target', ...target } },
    split: { strategy: 'random', seed: 4 },
  })

/** The rows of the table that some splits hold. */
const rowsOf = (
  { splits, fileRows }: Pick<PreparedData, 'splits' | 'fileRows'>,
  names: readonly SplitName[],
) => new Set(names.flatMap((name) => [...splits[name]].map((row) => fileRows[row]! - 1)))
const heldOut = (data: Pick<PreparedData, 'splits' | 'fileRows'>) => rowsOf(data, ['validation', 'test'])

/** What training sees: every fitted number, and the inputs of the training rows. */
function seenByTraining(
  type: BaseType,
  target: TargetType,
  settings: ColumnSettings,
  changed: ReadonlySet<number>,
) {
  const data = prepareData(tableWith(type, target, changed), experimentWith(type, settings))
  const { values, categories } = data.features
  const stride = values.length / data.features.rows
  const inputs = [...data.splits.train].map((row) => [
    ...values.subarray(row * stride, (row + 1) * stride),
    ...(categories?.coded ?? []).map(({ codes }) => codes[row]!),
  ])
  return { preprocessing: data.preprocessing, inputs, splits: data.splits, fileRows: data.fileRows }
}

const cases = stepNames.flatMap((step) =>
  types.flatMap((type) => kindsFor(step, type).map((kind) => [step, kind.type, type] as const)),
)

/** Needed beside a kind, so that it is taken at all. */
const beside = (step: StepName, type: BaseType): ColumnSettings =>
  step === 'scale' && type === 'category' ? { encode: 'ordinal' } : {}

describe('nothing leaks from validation and test rows', () => {
  it('covers every kind of every step', () => {
    for (const step of stepNames) {
      const covered = new Set(cases.filter(([name]) => name === step).map(([, kind]) => kind))
      expect([...covered].sort()).toEqual(steps[step].list.map(({ type }) => type).sort())
    }
  })

  it.each(cases)('%s: %s of a column of type %s', (step, kind, type) => {
    for (const target of ['number', 'category'] as const) {
      const settings = { ...beside(step, type), indicator: true, [step]: kind }
      const before = seenByTraining(type, target, settings, new Set())
      const held = heldOut(before)
      const after = seenByTraining(type, target, settings, held)
      expect(after.splits.train).toEqual(before.splits.train)
      expect(after.preprocessing).toEqual(before.preprocessing)
      expect(after.inputs).toEqual(before.inputs)
    }
  })

  it('nor by rare and unseen categories', () => {
    for (const unseen of ['zeros', 'other', 'fill'] as const) {
      const settings: ColumnSettings = { rare: { minimum: 9, share: 0.1 }, unseen }
      const before = seenByTraining('category', 'number', settings, new Set())
      const held = heldOut(before)
      const after = seenByTraining('category', 'number', settings, held)
      expect(after).toEqual(before)
    }
  })

  it.each(['standard', 'min-max', 'robust', 'log', 'none'])('into a target with the scale %s', (scale) => {
    const prepare = (changed: ReadonlySet<number>) =>
      prepareData(tableWith('number', 'number', changed), experimentWith('number', {}, { scale }))
    const before = prepare(new Set())
    const held = heldOut(before)
    expect(prepare(held).preprocessing).toEqual(before.preprocessing)
  })

  it('but a training row does change what is fitted', () => {
    for (const [step, kind, type] of cases) {
      const settings = { ...beside(step, type), [step]: kind }
      const before = seenByTraining(type, 'number', settings, new Set())
      const after = seenByTraining(type, 'number', settings, rowsOf(before, ['train']))
      const says = (preprocessing: object): string => JSON.stringify(preprocessing)
      if (says(before.preprocessing.features[0]!).length > 200)
        expect(says(after.preprocessing), `${step} ${kind} ${type}`).not.toBe(says(before.preprocessing))
    }
  })

  it('and a training row’s own target does not reach its own input through the mean of the target', () => {
    const settings = { encode: { type: 'target-mean', smoothing: 0 }, scale: 'none' }
    const inputsOf = (changed: ReadonlySet<number>) => {
      const data = prepareData(tableWith('category', 'number', changed), experimentWith('category', settings))
      return { data, values: data.features.values }
    }
    const { data, values } = inputsOf(new Set())
    const table = tableWith('category', 'number', new Set())
    const [row] = data.splits.train
    const y = table.columns[1]!
    if (!('values' in y)) throw new Error('not numbers')
    y.values[row!] = 1e6
    const { features, splits } = prepareData(table, experimentWith('category', settings))
    expect(features.values[row!]).toBe(values[row!])
    const others = [...splits.train].filter((each) => features.values[each] !== values[each])
    expect(others.length).toBeGreaterThan(2)
  })
})
