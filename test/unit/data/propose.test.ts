import { describe, expect, it } from 'vitest'
import { describeData } from '../../../core/data/describe'
import { prepareData } from '../../../core/data/prepare'
import { proposeExperiment } from '../../../core/data/propose'
import { proposeRoles } from '../../../core/data/roles'
import { samples } from '../../../core/data/samples/samples'
import { summarizeColumn } from '../../../core/data/summary'
import { resolveNetwork } from '../../../core/network/resolve'
import { findSample, readSource } from '../../../core/node/reader/source'
import { readTable } from '../../../core/node/reader/read-table'
import { partType } from '../../../core/data/target-parts'
import { pageOf, repeat, tableOf } from './tables'

const options = { source: 'table.csv', csv: {} }
const fixture = (file: string) => new URL(`../../fixtures/csv/${file}`, import.meta.url).pathname

describe('a proposal', () => {
  it.each(samples)(
    'for $name predicts $targets and needs no editing',
    async ({ name, targets, rows, task }) => {
      const { table, csv } = await readSource(`sample:${name}`, '/nowhere')
      expect(table.rowCount).toBe(rows)
      const experiment = proposeExperiment(table, { source: `sample:${name}`, csv, target: targets })
      // Of one target its name, or its place, is enough.
      if (targets.length === 1)
        expect(proposeExperiment(table, { source: `sample:${name}`, csv })).toEqual(experiment)
      expect(experiment.name).toBe(name)
      expect(Object.keys(experiment.data.columns)).toEqual(table.columns.map((column) => column.name))
      for (const target of targets) expect(experiment.data.columns[target]!.role).toBe('target')
      const prepared = prepareData(table, experiment)
      expect(partType(prepared.preprocessing.target) === 'number').toBe(task === 'regression')
      expect(prepared.features.values.every(Number.isFinite)).toBe(true)
      const { findings } = describeData(prepared, table, experiment.data)
      expect(findings.filter(({ severity }) => severity === 'problem')).toEqual([])
    },
  )

  it('has the width of the issue for iris: 4 inputs, 3 classes, one layer of 16', async () => {
    const { table, csv } = await readSource('sample:iris', '/nowhere')
    const { network, loss } = proposeExperiment(table, { source: 'sample:iris', csv })
    expect(network).toEqual([{ type: 'dense', units: 16 }, { type: 'relu' }, { type: 'output' }])
    expect(loss).toEqual({ type: 'softmax-cross-entropy' })
  })

  it('lets weights decay where rows are few beside the inputs, and leaves curves free', () => {
    const optimizerFor = (rows: number, inputs: number) => {
      const column = (k: number) => Array.from({ length: rows }, (_, i) => String((i * (k + 7)) % 101))
      const names = Array.from({ length: inputs + 1 }, (_, k) => [`c${k}`, column(k)] as const)
      return proposeExperiment(tableOf(Object.fromEntries(names)), options).optimizer
    }
    expect(optimizerFor(150, 4)).toEqual({ type: 'adamw', learningRate: 0.01, weightDecay: 0.5 })
    expect(optimizerFor(1250, 3)).toEqual({ type: 'adamw', learningRate: 0.01, weightDecay: 0.2 })
    expect(optimizerFor(25_000, 3)).toEqual({ type: 'adamw', learningRate: 0.01, weightDecay: 0.01 })
    expect(optimizerFor(300, 2)).toEqual({ type: 'adam', learningRate: 0.01 })
  })

  it('leaves out identifiers, free text and what says nothing, and tells why', async () => {
    const { table } = await readTable(fixture('identifiers.csv'))
    expect([...proposeRoles(table, ['n'])]).toEqual([
      ['id', { role: 'ignore', reason: 'Left out: it numbers the rows.' }],
      [
        'code',
        { role: 'ignore', reason: 'Left out: every row has another text, as names and identifiers have.' },
      ],
      ['customerId', { role: 'ignore', reason: 'Left out: it numbers the rows.' }],
      ['humid', { role: 'feature' }],
      ['n', { role: 'target' }],
    ])
    const { columns } = await readTable(fixture('empty-column.csv')).then((read) => read.table)
    expect(proposeRoles({ name: 't', rowCount: 2, columns }, ['a']).get('b')).toEqual({
      role: 'ignore',
      reason: 'Left out: every cell is missing.',
    })
  })

  it('splits a series in order of time, and leaves out the dates that only rise', () => {
    const x = Array.from({ length: 12 }, (_, i) => String((i * 5) % 12))
    const days = Array.from({ length: 12 }, (_, i) => `2024-01-${String(i + 10)}`)
    const proposal = (day: readonly string[], y: readonly string[]) =>
      proposeExperiment(tableOf({ day, x, y }), options).data
    const series = proposal(days, x)
    expect([series.split.strategy, series.columns['day']!.role]).toEqual(['time', 'time'])
    const mixed = proposal([...days.slice(6), ...days.slice(0, 6)], x)
    expect([mixed.split.strategy, mixed.columns['day']!.role]).toEqual(['random', 'feature'])
    expect(proposal(days, repeat(['a', 'b', 'c'], 12)).split.strategy).toBe('stratified')
  })

  it('looks up categories of many values, beside the other inputs', () => {
    const rows = 120
    const towns = Array.from({ length: rows }, (_, i) => `town ${(i * 7) % 20}`)
    const streets = Array.from({ length: rows }, (_, i) => `street ${(i * 11) % 15}`)
    const size = Array.from({ length: rows }, (_, i) => String((i * 13) % 31))
    const table = tableOf({ size, colour: repeat(['red', 'blue'], rows), towns, streets, price: size })
    const experiment = proposeExperiment(table, options)
    expect(experiment.data.columns['towns']!.encode).toBe('codes')
    expect(experiment.data.columns['colour']!.encode).toBe('one-hot')
    expect(experiment.network.slice(0, 3)).toEqual([
      { type: 'embedding', vocabulary: 16, dimensions: 4, column: 2 },
      { type: 'embedding', vocabulary: 21, dimensions: 4, column: 1 },
      { type: 'dense', units: 16 },
    ])
    const data = prepareData(table, experiment)
    expect(data.preprocessing.inputNames).toEqual([
      'towns', 'streets', 'size', 'colour = blue', 'colour = red',
    ]) // prettier-ignore
    const { width: inputs, target } = data.preprocessing
    const network = resolveNetwork({ layers: experiment.network, loss: experiment.loss, inputs, target })
    // Three inputs pass on, then come four numbers for a street and four for a town.
    expect(network.layers.map(({ output }) => output).slice(0, 2)).toEqual([[8], [11]])
  })

  it('takes 0 and 1 to predict as no and yes, and numbered classes as classes', () => {
    const x = Array.from({ length: 30 }, (_, i) => String(i * i))
    const zeroOne = proposeExperiment(tableOf({ x, target: repeat(['0', '1', '1'], 30) }), options)
    expect(zeroOne.data.columns['target']).toEqual({ role: 'target', type: 'boolean' })
    expect(zeroOne.loss).toEqual({ type: 'binary-cross-entropy' })
    const classes = proposeExperiment(tableOf({ class: repeat(['1', '2', '3'], 30), x }), options)
    expect(classes.data.columns['class']).toEqual({ role: 'target', type: 'category' })
    const number = proposeExperiment(tableOf({ x, rooms: repeat(['1', '2', '3'], 30) }), options)
    expect(number.loss).toEqual({ type: 'mean-squared-error' })
  })

  it('takes the target that was asked for, or says what is wrong with it', () => {
    const table = tableOf({ x: ['1', '2', '5'], colour: ['red', 'blue', 'red'], note: ['k 1', 'k 2', 'k 3'] })
    expect(proposeExperiment(table, { ...options, target: 'x' }).data.columns['x']!.role).toBe('target')
    expect(pageOf(() => proposeExperiment(table, { ...options, target: 'color' }))).toMatchObject({
      code: 'unknown-column',
      came: '"color"',
      advice: 'Did you mean "colour"?',
    })
    expect(pageOf(() => proposeExperiment(table, { ...options, target: 'note' })).code).toBe('bad-target')
    expect(
      pageOf(() => proposeExperiment(tableOf({ id: ['1', '2', '3'], same: ['x', 'x', 'x'] }), options)).code,
    ).toBe('no-target')
  })
})

/** Columns of an image with each name, the corners blank; what is not a pixel is a word that each row shares with others. */
const imageTable = (names: readonly string[], more: Record<string, readonly string[]> = {}) => {
  const blank = [names[0], names.at(-1)]
  const pixels = names.map((name, k) => {
    const cells = Array.from({ length: 40 }, (_, i) =>
      blank.includes(name) ? '0' : String((i * (k + 3)) % 17),
    )
    return [name, cells] as const
  })
  return tableOf({ ...Object.fromEntries(pixels), label: repeat(['a', 'b', 'c'], 40), ...more })
}

const grid = (height: number, width: number, name: (row: number, column: number) => string): string[] =>
  Array.from({ length: height * width }, (_, k) => name(Math.floor(k / width), k % width))

describe('columns that form a grid', () => {
  it.each([
    ['pixel_0_0', grid(6, 7, (row, column) => `pixel_${row}_${column}`), [6, 7, 1]],
    ['1x1', grid(5, 5, (row, column) => `${row + 1}x${column + 1}`), [5, 5, 1]],
    ['pixel0', Array.from({ length: 36 }, (_, k) => `pixel${k}`), [6, 6, 1]],
    ['v1 to v784', Array.from({ length: 784 }, (_, k) => `v${k + 1}`), [28, 28, 1]],
  ])('are an image: %s', (_, names, shape) => {
    const table = imageTable(names)
    const experiment = proposeExperiment(table, { ...options, target: 'label' })
    expect(experiment.network[0]).toEqual({ type: 'reshape', shape })
    expect(experiment.network.some(({ type }) => type === 'conv2d')).toBe(true)
    const pixel = { role: 'feature', type: 'integer', scale: 'min-max', scaleGroup: 'image', missing: 'mean' }
    expect(names.map((name) => experiment.data.columns[name])).toEqual(names.map(() => pixel))
    expect(prepareData(table, experiment).preprocessing.width).toBe(names.length)
  })

  it.each([
    ['one is missing', grid(6, 6, (row, column) => `p_${row}_${column}`).filter((_, k) => k !== 20)],
    ['they stand column by column', grid(6, 6, (row, column) => `p_${column}_${row}`)],
    ['the grid is small', grid(4, 4, (row, column) => `p_${row}_${column}`)],
    ['they are numbered under another name', Array.from({ length: 36 }, (_, k) => `day${k}`)],
  ])('are none where %s', (_, names) => {
    const { network, data } = proposeExperiment(imageTable(names), { ...options, target: 'label' })
    expect(network[0]!.type).toBe('dense')
    expect(data.columns[names[0]!]!.role).toBe('ignore')
  })

  it('keep their scale but get no convolutions where other columns have something to say too', () => {
    const names = grid(5, 5, (row, column) => `p_${row}_${column}`)
    const table = imageTable(names, {
      age: Array.from({ length: 40 }, (_, i) => String(20 + ((i * 7) % 40))),
    })
    const { network, data } = proposeExperiment(table, { ...options, target: 'label' })
    expect(network[0]!.type).toBe('dense')
    expect(data.columns[names[0]!]!.scaleGroup).toBe('image')
  })
})

describe('a sample', () => {
  it('that does not exist is met with the nearest name', () =>
    expect(pageOf(() => findSample('sample:irsi'))).toEqual({
      code: 'unknown-sample',
      expected: 'the name of a built-in sample',
      came: '"irsi"',
      advice: 'Did you mean "sample:iris"?',
      place: {},
    }))
})

describe('a summary', () => {
  const table = tableOf({
    n: ['1', '2', '3', '', '4'],
    w: ['b', 'a', 'b', '', 'b'],
    q: ['yes', 'no', 'no', '', 'no'],
  })
  const summary = (at: number) => summarizeColumn(table.columns[at]!, { role: 'feature' })

  it('of numbers has range, mean, deviation and a histogram', () => {
    const { histogram, ...rest } = summary(0)
    expect(rest).toMatchObject({ count: 5, missing: 1, distinct: 4, minimum: 1, maximum: 4, mean: 2.5 })
    expect(rest.deviation).toBeCloseTo(Math.sqrt(1.25), 12)
    expect(histogram).toHaveLength(20)
    expect([histogram![0], histogram![6], histogram![13], histogram![19]]).toEqual([1, 1, 1, 1])
  })

  it('of words and yes/no has the most frequent first', () => {
    expect(summary(1)).toMatchObject({
      missing: 1,
      distinct: 2,
      top: [
        { value: 'b', count: 3 },
        { value: 'a', count: 1 },
      ],
    })
    expect(summary(2)).toMatchObject({
      missing: 1,
      distinct: 2,
      top: [
        { value: 'no', count: 3 },
        { value: 'yes', count: 1 },
      ],
    })
  })

  it('says why a column is left out after why it has its type', () =>
    expect(
      summarizeColumn(table.columns[0]!, { role: 'ignore', reason: 'Left out: for a test.' }).reason,
    ).toBe('All 4 filled cells are whole numbers. Left out: for a test.'))
})
