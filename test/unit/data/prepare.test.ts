import { describe, expect, it } from 'vitest'
import { applyFeatures } from '../../../core/data/apply'
import { describeData } from '../../../core/data/describe'
import { expandFeatures } from '../../../core/data/features'
import { prepareData } from '../../../core/data/prepare'
import { decodePredictions } from '../../../core/data/prediction'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { experimentOn, pageOf, repeat, tableOf } from './tables'
import { partsOf } from '../../../core/data/target-parts'

type Columns = ExperimentInput['data']['columns']

/** All rows train, in their order, so that fitted numbers can be worked out by hand. */
const trainAll = { train: 1, validation: 0, test: 0, strategy: 'sequential' } as const

const cells = {
  size: ['1', '2', '', '5', '4', '6'],
  colour: ['red', 'blue', 'blue', '', 'blue', 'red'],
  moist: ['yes', 'no', 'no', 'no', '', 'yes'],
  day: ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06'],
  same: ['7', '7', '7', '7', '7', '7'],
  weight: ['10', '20', '30', '', '50', '60'],
  kind: ['a', 'b', 'a', 'b', 'a', 'c'],
  flag: ['0', '1', '0', '1', '1', '0'],
}

const prepare = (columns: Columns, split: object = trainAll, rest: Partial<ExperimentInput> = {}) =>
  prepareData(tableOf(cells), experimentOn({ columns, split }, rest))

const ignoreBut = (columns: NonNullable<Columns>): Columns => ({
  ...Object.fromEntries(Object.keys(cells).map((name) => [name, { role: 'ignore' as const }])),
  ...columns,
})

const column = (values: Float32Array, width: number, at: number) =>
  Array.from({ length: values.length / width }, (_, row) => values[row * width + at]!)

describe('preparing data', () => {
  it('fills, then scales by mean and population deviation', () => {
    const { features, preprocessing } = prepare(
      ignoreBut({ size: { role: 'feature' }, kind: { role: 'target' } }),
    )
    // By hand: mean of 1 2 5 4 6 = 3.6 fills the gap; squares 6.76 2.56 0 1.96 0.16 5.76 sum to 17.2 over 6 rows.
    const deviation = Math.sqrt(17.2 / 6)
    expect(preprocessing.features[0]).toMatchObject({ fill: 3.6, start: 0, width: 1 })
    const scale = { type: 'standard', offset: 3.6, factor: expect.closeTo(deviation, 12) as number }
    expect(preprocessing.features[0]!.scales).toEqual([scale])
    expect(features.values[2]).toBe(0)
    expect(features.values[0]).toBeCloseTo(-2.6 / deviation, 6)
  })

  it.each([
    ['median', 4],
    ['most-frequent', 1],
    ['zero', 0],
  ] as const)('fills with %s', (missing, fill) => {
    const { preprocessing } = prepare(
      ignoreBut({ size: { role: 'feature', missing }, kind: { role: 'target' } }),
    )
    expect(preprocessing.features[0]!.fill).toBe(fill)
  })

  it('scales to 0 .. 1, or not at all', () => {
    const scaled = prepare(
      ignoreBut({ size: { role: 'feature', scale: 'min-max', missing: 'zero' }, kind: { role: 'target' } }),
    )
    expect(Array.from(scaled.features.values)).toEqual(
      [1, 2, 0, 5, 4, 6].map((value) => Math.fround(value / 6)),
    )
    const plain = prepare(
      ignoreBut({ size: { role: 'feature', scale: 'none', missing: 'zero' }, kind: { role: 'target' } }),
    )
    expect(Array.from(plain.features.values)).toEqual([1, 2, 0, 5, 4, 6])
  })

  it('scales columns of one group alike, and apart from those of another scale or no group', () => {
    const grouped = { role: 'feature', scaleGroup: 'g', missing: 'zero' } as const
    const { preprocessing } = prepare(
      ignoreBut({
        size: { ...grouped, scale: 'min-max' },
        same: { ...grouped, scale: 'min-max' },
        weight: { ...grouped, scale: 'standard' },
        kind: { role: 'target' },
      }),
    )
    // size runs from 0 to 6 and same is 7 throughout; weight, with 0 in its gap, has the mean 170 / 6.
    const scales = preprocessing.features.map(({ scales }) => [scales![0]!.offset, scales![0]!.factor])
    expect(scales).toEqual([
      [0, 7],
      [0, 7],
      [170 / 6, expect.closeTo(Math.sqrt(7500 / 6 - (170 / 6) ** 2), 9)],
    ])
  })

  it('gives each category an input, and fills missing ones', () => {
    const { features, preprocessing } = prepare(
      ignoreBut({ colour: { role: 'feature' }, kind: { role: 'target' } }),
    )
    expect(preprocessing.inputNames).toEqual(['colour = blue', 'colour = red'])
    expect(column(expandFeatures(features), 2, 0)).toEqual([0, 1, 1, 1, 1, 0])
    expect(column(expandFeatures(features), 2, 1)).toEqual([1, 0, 0, 0, 0, 1])
    expect(features.categories!.coded[0]!.codes).toEqual(Uint8Array.of(1, 0, 0, 0, 0, 1))
    const zeros = prepare(
      ignoreBut({ colour: { role: 'feature', missing: 'zero' }, kind: { role: 'target' } }),
    )
    expect([...expandFeatures(zeros.features).slice(6, 8)]).toEqual([0, 0])
  })

  it('gives each category a code where asked to, and what training never saw the code after the last', () => {
    const coded = { role: 'feature', encode: 'codes' } as const
    const columns = ignoreBut({ colour: coded, kind: { role: 'target' } })
    const { features, preprocessing } = prepare(columns)
    expect(preprocessing).toMatchObject({ width: 1, inputNames: ['colour'] })
    expect(preprocessing.features[0]).toMatchObject({
      encode: { type: 'codes' },
      levels: ['blue', 'red'],
      width: 1,
    })
    expect(Array.from(features.values)).toEqual([1, 0, 0, 0, 0, 1])
    const open = prepare(ignoreBut({ colour: { ...coded, missing: 'zero' }, kind: { role: 'target' } }))
    expect(Array.from(open.features.values)).toEqual([1, 0, 0, 2, 0, 1])
    const later = tableOf({ colour: ['red', 'green', '', 'blue'] })
    const { features: others, unseen } = applyFeatures(preprocessing, later)
    expect([Array.from(others.values), unseen]).toEqual([[1, 2, 0, 0], 1])
  })

  it('takes yes/no as 1 and 0, dates as days, and a constant column as 0', () => {
    const { features, preprocessing } = prepare(
      ignoreBut({
        moist: { role: 'feature' },
        day: { role: 'feature' },
        same: { role: 'feature' },
        kind: { role: 'target' },
      }),
    )
    expect(preprocessing.inputNames).toEqual(['moist = yes', 'day', 'same'])
    expect(column(features.values, 3, 0)).toEqual([1, 0, 0, 0, 0, 1])
    expect(column(features.values, 3, 2)).toEqual([0, 0, 0, 0, 0, 0])
    // Six days in a row: deviation sqrt(35 / 12).
    expect(column(features.values, 3, 1)[5]).toBeCloseTo(2.5 / Math.sqrt(35 / 12), 6)
    expect(preprocessing.features[2]).toMatchObject({ scales: [{ offset: 7, factor: 1 }] })
  })

  it('leaves out rows without a target, and keeps their numbers right', () => {
    const columns = ignoreBut({ size: { role: 'feature' }, weight: { role: 'target' } })
    const prepared = prepare(columns)
    expect([...prepared.fileRows]).toEqual([1, 2, 3, 5, 6])
    expect(describeData(prepared, tableOf(cells), experimentOn({ columns }).data).dropped).toBe(1)
    const { offset, factor } = partsOf(prepared.preprocessing.target)[0]!.scale
    expect(offset).toBe(34)
    const back = Array.from(prepared.targets.values, (value) =>
      decodePredictions(prepared.preprocessing.target, [value]),
    )
    ;[10, 20, 30, 50, 60].forEach((weight, i) => {
      const prediction = back[i]!
      expect(prediction[0]!.type === 'number' && prediction[0]!.value).toBeCloseTo(weight, 4)
    })
    expect(factor).toBeCloseTo(Math.sqrt((24 ** 2 + 14 ** 2 + 4 ** 2 + 16 ** 2 + 26 ** 2) / 5), 12)
  })

  it('leaves out rows with a gap in a column that says drop', () => {
    const prepared = prepare(
      ignoreBut({ size: { role: 'feature', missing: 'drop' }, kind: { role: 'target' } }),
    )
    expect([...prepared.fileRows]).toEqual([1, 2, 4, 5, 6])
  })

  it('makes targets: one-hot, 0 and 1', () => {
    const three = prepare(ignoreBut({ size: { role: 'feature' }, kind: { role: 'target' } }))
    expect(three.preprocessing.target).toMatchObject({ type: 'category', classes: ['a', 'b', 'c'] })
    expect([...three.targets.values.slice(0, 6)]).toEqual([1, 0, 0, 0, 1, 0])
    for (const type of ['boolean', 'category'] as const) {
      const two = prepare(ignoreBut({ size: { role: 'feature' }, flag: { role: 'target', type } }))
      expect(two.preprocessing.target).toMatchObject({ type: 'binary', classes: ['0', '1'] })
      expect([...two.targets.values]).toEqual([0, 1, 0, 1, 1, 0])
    }
  })

  it('proposes what is not listed: all but a constant and dates that only rise', () => {
    const { preprocessing } = prepareData(
      tableOf(cells),
      experimentOn({ columns: { kind: { role: 'target' } } }),
    )
    expect(preprocessing.features.map((feature) => feature.column)).toEqual([
      'size', 'colour', 'moist', 'weight', 'flag',
    ]) // prettier-ignore
  })

  it('puts all in memory that the host gives', () => {
    const { features, targets, splits, fileRows } = prepareData(
      tableOf(cells),
      experimentOn({ columns: { kind: { role: 'target' } } }),
      (bytes) => new SharedArrayBuffer(bytes),
    )
    const codes = features.categories!.coded.map((category) => category.codes)
    expect(codes).toHaveLength(1)
    for (const { buffer } of [features.values, ...codes, targets.values, splits.train, splits.test, fileRows])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('nothing leaks', () => {
  const count = 40
  const table = (change: (row: number, cell: string) => string) =>
    tableOf({
      size: Array.from({ length: count }, (_, row) => change(row, String((row * 7) % 13))),
      colour: Array.from({ length: count }, (_, row) => change(row, ['red', 'blue', 'green'][row % 3]!)),
      price: Array.from({ length: count }, (_, row) => change(row, String(row * 10))),
    }, { size: 'number', colour: 'category', price: 'number' }) // prettier-ignore
  const experiment = experimentOn({ columns: { price: { role: 'target' } }, split: { seed: 3 } })

  it('from validation and test rows into any fitted number', () => {
    const before = prepareData(
      table((_, cell) => cell),
      experiment,
    )
    const held = new Set([...before.splits.validation, ...before.splits.test])
    expect(held.size).toBe(12)
    const after = prepareData(
      table((row, cell) => (held.has(row) ? (/\d/.test(cell) ? '99999' : 'violet') : cell)),
      experiment,
    )
    expect(after.preprocessing).toEqual(before.preprocessing)
    expect(expandFeatures(after.features)).not.toEqual(expandFeatures(before.features))
  })

  it('but a training row does change them', () => {
    const before = prepareData(
      table((_, cell) => cell),
      experiment,
    )
    const one = before.splits.train[0]!
    const after = prepareData(
      table((row, cell) => (row === one && /\d/.test(cell) ? '99999' : cell)),
      experiment,
    )
    expect(after.preprocessing).not.toEqual(before.preprocessing)
  })
})

describe('help pages', () => {
  const page = (columns: Columns, rest: Partial<ExperimentInput> = {}) =>
    pageOf(() => prepare(columns, trainAll, rest))

  it('for a column that is not there', () =>
    expect(page({ colur: { role: 'feature' }, kind: { role: 'target' } })).toEqual({
      code: 'unknown-column',
      expected: 'a column of table.csv',
      came: '"colur"',
      advice: 'Did you mean "colour"?',
      place: { file: 'table.csv', column: 'colur' },
    }))

  it('for no target', () =>
    expect(
      page(Object.fromEntries(Object.keys(cells).map((name) => [name, { role: 'feature' as const }]))),
    ).toEqual({
      code: 'no-target',
      expected: 'a column with the role target',
      came: 'none',
      advice: 'Choose the column that the network shall predict, and give it the role target.',
      place: { path: 'data.columns' },
    }))

  it('for targets of unlike kinds', () =>
    expect(page({ weight: { role: 'target' }, kind: { role: 'target' } })).toEqual({
      code: 'mixed-targets',
      expected: 'targets that are all numbers, or all of two classes, as one loss measures them together',
      came: '"weight" of numbers, "kind" of more than two classes',
      advice:
        'Keep the role target for columns of one kind, change the type of a column (0 and 1 can be numbers or yes/no), or train one network for each target.',
      place: { path: 'data.columns', column: 'kind' },
    }))

  it('for no features', () =>
    expect(page(ignoreBut({ kind: { role: 'target' } }))).toEqual({
      code: 'no-features',
      expected: 'at least one column to predict from',
      came: 'no column with the role feature beside the target "kind"',
      advice: 'Give at least one other column the role feature.',
      place: { path: 'data.columns' },
    }))

  it('for a target with one class', () =>
    expect(page({ same: { role: 'target', type: 'category' } })).toEqual({
      code: 'one-class',
      expected: 'a target with at least two different values',
      came: 'only "7" in every row',
      advice: 'Choose another target, or add rows with other values.',
      place: { column: 'same' },
    }))

  it('for words as target of a loss for numbers', () =>
    expect(page({ kind: { role: 'target' } }, { loss: { type: 'mean-squared-error' } })).toEqual({
      code: 'words-for-number-loss',
      expected: 'a target of numbers, as the loss mean-squared-error compares numbers',
      came: 'words, such as "a"',
      advice: 'Choose a column of numbers as target, or a loss for classes such as softmax-cross-entropy.',
      place: { column: 'kind', row: 1 },
    }))

  it('for a type that the cells do not allow', () =>
    expect(page({ kind: { role: 'target', type: 'number' } })).toEqual({
      code: 'type-mismatch',
      expected: 'a column of type number',
      came: 'a column of type category: 3 different values in 6 rows.',
      advice: "Set the column's type to category, or correct its cells.",
      place: { column: 'kind' },
    }))

  it('for free text as the target', () => {
    const notes = tableOf({
      note: repeat(['x'], 30).map((word, i) => `${word} ${i}`),
      n: repeat(['1', '2'], 30),
    })
    const target = experimentOn({ columns: { note: { role: 'target' } } })
    expect(pageOf(() => prepareData(notes, target))).toMatchObject({
      code: 'bad-target',
      expected: 'a target of numbers, yes/no or categories',
      place: { column: 'note' },
    })
  })

  it('for a setting that does not fit the type', () =>
    expect(page({ colour: { missing: 'mean' }, kind: { role: 'target' } })).toEqual({
      code: 'bad-setting',
      expected: 'a setting "missing" that fits a column of type category',
      came: '"mean"',
      advice: 'Take "most-frequent", "constant", "zero" or "drop".',
      place: { column: 'colour', path: 'data.columns.colour.missing' },
    }))
})

describe('a description', () => {
  it('counts the classes of each split, and warns of small ones', () => {
    const table = tableOf({
      x: Array.from({ length: 41 }, (_, i) => String(i % 7)),
      dull: repeat(['1'], 41),
      kind: [...repeat(['a', 'b'], 40), 'rare'],
    })
    const experiment = experimentOn({ columns: { dull: { role: 'feature' }, kind: { role: 'target' } } })
    const prepared = prepareData(table, experiment)
    const described = describeData(prepared, table, experiment.data)
    expect(described.inputs).toEqual(['x', 'dull'])
    expect(described.target).toEqual({ type: 'category', column: 'kind', classes: ['a', 'b', 'rare'] })
    expect(described.balance!.train).toEqual([14, 14, 1])
    expect(described.rows.train + described.rows.validation + described.rows.test).toBe(41)
    const asked = described.findings.filter(({ code }) => ['small-class', 'constant-feature'].includes(code))
    expect(asked).toMatchObject([
      {
        code: 'small-class',
        expected: 'at least 3 rows of each class, one for each split',
        came: '1 of "rare", none for validation and test',
        advice: 'Add rows of this class, or leave it out; its metrics say little.',
        place: { column: 'kind' },
      },
      {
        code: 'constant-feature',
        expected: 'a feature that differs from row to row',
        came: 'the same value in every training row',
        advice: 'Nothing can be learned from it. Leave the column out.',
        place: { column: 'dull' },
      },
    ])
  })

  it('warns when there is nothing to validate on', () => {
    const prepared = prepare({ kind: { role: 'target' } })
    const { data } = experimentOn({ columns: { kind: { role: 'target' } } })
    const { balance, findings } = describeData(prepared, tableOf(cells), data)
    expect(balance).toEqual({ train: [3, 2, 1], validation: [0, 0, 0], test: [0, 0, 0] })
    expect(findings.map(({ code }) => code)).toEqual(['no-validation'])
  })
})
