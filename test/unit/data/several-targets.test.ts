import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { describeData } from '../../../core/data/describe'
import { decodePredictions } from '../../../core/data/prediction'
import { prepareData } from '../../../core/data/prepare'
import { unscale } from '../../../core/data/preparing/target-scale'
import { proposeExperiment } from '../../../core/data/propose'
import { partsOf } from '../../../core/data/target-parts'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { initialParameters } from '../../../core/network/parameters'
import { inspectionPlan } from '../../../core/network/plans'
import { PARAMETERS } from '../../../core/network/forward'
import { resolveNetwork } from '../../../core/network/resolve'
import { createRandom } from '../../../core/random/create-random'
import { checkSampling } from '../../../core/training/row-order'
import { checkClassWeights } from '../../../core/training/row-weights'
import several from '../../goldens/several_targets.json'
import { experimentOn, pageOf, tableOf } from './tables'

const random = createRandom(5)
const count = 60
const x = Array.from({ length: count }, () => random.normal())
const z = Array.from({ length: count }, () => random.normal())
const of = (cell: (row: number) => string | number): string[] => x.map((_, row) => String(cell(row)))
const cells = {
  x: of((row) => x[row]!.toFixed(3)),
  z: of((row) => z[row]!.toFixed(3)),
  group: of((row) => ['a', 'b', 'c'][row % 3]!),
  heat: of((row) => (row === 4 ? '' : (20 + 5 * x[row]! + z[row]!).toFixed(2))),
  dust: of((row) => (row === 9 ? '' : Math.exp(3 + x[row]!).toFixed(2))),
  wet: of((row) => (x[row]! > 0.3 ? 'yes' : 'no')),
  loud: of((row) => (z[row]! > -0.8 ? 'on' : 'off')),
  kind: of((row) => ['p', 'q', 'r'][row % 3]!),
}
const table = tableOf(cells)
type Columns = NonNullable<ExperimentInput['data']['columns']>
const others = (used: readonly string[]): Columns =>
  Object.fromEntries(
    Object.keys(cells)
      .filter((name) => !used.includes(name))
      .map((name) => [name, { role: 'ignore' as const }]),
  )
const features = ['x', 'z', 'group']
const settings = (targets: Columns, more: Columns = {}): Columns => ({
  ...others([...features, ...Object.keys(targets)]),
  ...targets,
  ...more,
})
const prepare = (columns: Columns, split: ExperimentInput['data']['split'] = { strategy: 'random' }) =>
  prepareData(table, experimentOn({ columns, split }))
const target = { role: 'target' } as const
const numbers = settings({ heat: target, dust: { role: 'target', scale: 'log' } })
const labels = settings({ wet: target, loud: target })

describe('several numbers', () => {
  const data = prepare(numbers)
  const { preprocessing, targets, fileRows } = data

  it('are each scaled by their own, and turned back by it', () => {
    expect(preprocessing.target).toMatchObject({
      type: 'numbers',
      parts: [
        { type: 'number', column: 'heat', scale: { type: 'standard' } },
        { type: 'number', column: 'dust', scale: { type: 'log' } },
      ],
    })
    expect(targets.width).toBe(2)
    const back = unscale(Float64Array.from(targets.values), preprocessing.target)
    fileRows.forEach((fileRow, row) => {
      expect(back[2 * row]).toBeCloseTo(Number(cells.heat[fileRow - 1]), 3)
      expect(back[2 * row + 1]! / Number(cells.dust[fileRow - 1])).toBeCloseTo(1, 4)
    })
    const [heat, dust] = decodePredictions(preprocessing.target, targets.values.subarray(0, 2))
    expect(heat).toMatchObject({ type: 'number', value: back[0] })
    expect(dust).toMatchObject({ type: 'number', value: back[1] })
  })

  it('leave a row out that lacks any of them', () => {
    expect([...fileRows]).toEqual(x.map((_, row) => row + 1).filter((row) => row !== 5 && row !== 10))
    expect(describeData(data, table, experimentOn({ columns: numbers }).data).dropped).toBe(2)
  })

  it('fit nothing on rows that are held out', () => {
    const marker = { strategy: 'sequential', train: 0.5, validation: 0.25, test: 0.25 } as const
    const changed = tableOf({
      ...cells,
      heat: cells.heat.map((cell, row) => (row > 40 ? '999' : cell)),
      dust: cells.dust.map((cell, row) => (row > 40 ? '0.5' : cell)),
    })
    const experiment = experimentOn({ columns: numbers, split: marker })
    expect(prepareData(changed, experiment).preprocessing.target).toEqual(
      prepareData(table, experiment).preprocessing.target,
    )
  })

  it('give a mean of each to an encoding by the target', () => {
    const encoded = prepare(settings(numbers, { group: { role: 'feature', encode: 'target-mean' } }))
    expect(encoded.preprocessing.inputNames.slice(-2)).toEqual(['group: mean heat', 'group: mean dust'])
  })
})

describe('several labels', () => {
  it('are zeros and ones side by side, and shared out by how they come together', () => {
    const data = prepare(labels, { strategy: 'stratified', train: 0.5, validation: 0.25, test: 0.25 })
    expect(data.preprocessing.target).toMatchObject({ type: 'labels' })
    expect(partsOf(data.preprocessing.target).map(({ column }) => column)).toEqual(['wet', 'loud'])
    data.fileRows.forEach((fileRow, row) => {
      expect(data.targets.values[2 * row]).toBe(cells.wet[fileRow - 1] === 'yes' ? 1 : 0)
      expect(data.targets.values[2 * row + 1]).toBe(cells.loud[fileRow - 1] === 'on' ? 1 : 0)
    })
    const both = (row: number): boolean => cells.wet[row] === 'yes' && cells.loud[row] === 'on'
    const all = x.filter((_, row) => both(row)).length
    expect(data.splits.train.filter((row) => both(data.fileRows[row]! - 1)).length).toBeGreaterThan(
      all / 2 - 2,
    )
    expect(data.splits.train.filter((row) => both(data.fileRows[row]! - 1)).length).toBeLessThan(all / 2 + 2)
  })

  it('are each told with the probability of its second class', () => {
    const { preprocessing } = prepare(labels)
    expect(decodePredictions(preprocessing.target, [0.25, 0.5])).toEqual([
      { type: 'class', label: 'no', index: 0, probabilities: [0.75, 0.25] },
      { type: 'class', label: 'off', index: 0, probabilities: [0.5, 0.5] },
    ])
  })

  it('have no classes to weigh or to balance, and say so', () => {
    const { target: described } = prepare(labels).preprocessing
    expect(pageOf(() => checkClassWeights({ classWeights: 'balanced' }, described))).toMatchObject({
      code: 'class-weights',
      came: 'several labels at once, "wet", "loud"',
    })
    expect(pageOf(() => checkSampling({ sampling: 'balanced' }, described))).toMatchObject({
      code: 'sampling-target',
      came: 'several labels at once, "wet", "loud"',
    })
  })

  it('are each looked at for columns that give them away', () => {
    const cell = (row: number): string => (cells.loud[row] === 'on' ? 'L' : 'Q')
    const leaky = tableOf({ ...cells, copy: of(cell) })
    const columns: Columns = { ...labels, copy: { role: 'feature' } }
    const experiment = experimentOn({ columns })
    const { findings } = describeData(prepareData(leaky, experiment), leaky, experiment.data)
    expect(findings.find(({ code }) => code === 'target-copy')).toMatchObject({
      came: expect.stringContaining('for the target "loud", the target itself') as string,
      columns: ['copy'],
    })
  })
})

describe('the balance of several labels', () => {
  it('is how many rows of each split have each, and is there for labels alone', () => {
    const experiment = experimentOn({ columns: labels, split: { strategy: 'random' } })
    const data = prepareData(table, experiment)
    const described = describeData(data, table, experiment.data)
    const rowsWith = (name: 'wet' | 'loud', word: string, split: 'train' | 'validation' | 'test') =>
      [...data.splits[split]].filter((row) => cells[name][data.fileRows[row]! - 1] === word).length
    for (const { column, classes, counts } of described.labels!)
      for (const split of ['train', 'validation', 'test'] as const)
        expect(counts[split]).toBe(rowsWith(column as 'wet' | 'loud', classes[1], split))
    expect(described.labels!.map(({ column, classes }) => [column, ...classes])).toEqual([
      ['wet', 'no', 'yes'],
      ['loud', 'off', 'on'],
    ])
    expect(described.labels![0]!.counts.train).toBeGreaterThan(0)
    const numbersOnly = experimentOn({ columns: numbers })
    const plain = describeData(prepareData(table, numbersOnly), table, numbersOnly.data)
    expect(plain.labels).toBeUndefined()
  })
})

describe('a proposal', () => {
  const propose = (...names: string[]) =>
    proposeExperiment(table, { source: 'table.csv', csv: {}, target: names })

  it('takes several columns of numbers, or of two classes', () => {
    const made = propose('dust', 'heat')
    expect(made.loss).toEqual({ type: 'mean-squared-error' })
    expect(made.data.columns).toMatchObject({ heat: { role: 'target' }, dust: { role: 'target' } })
    expect(propose('wet', 'loud').loss).toEqual({ type: 'binary-cross-entropy' })
    expect(prepareData(table, made).preprocessing.target).toMatchObject({ type: 'numbers' })
  })

  it('reads 0 and 1 beside a number as numbers, and alone or beside yes and no as yes and no', () => {
    const rows = 24
    const cells = (make: (row: number) => string | number) =>
      Array.from({ length: rows }, (_, row) => String(make(row)))
    const small = tableOf({
      x: cells((row) => row / 7 + 0.5),
      price: cells((row) => 3.5 * row + 0.25),
      sold: cells((row) => (row % 3 ? 1 : 0)),
      late: cells((row) => (row % 2 ? 'yes' : 'no')),
    })
    const made = (...target: string[]) => proposeExperiment(small, { source: 'a.csv', csv: {}, target })
    const beside = made('price', 'sold')
    expect(beside.data.columns.sold).toMatchObject({ role: 'target', type: 'integer' })
    expect(beside.loss).toEqual({ type: 'mean-squared-error' })
    expect(prepareData(small, beside).preprocessing.target).toMatchObject({ type: 'numbers' })
    expect(made('sold').data.columns.sold).toMatchObject({ type: 'boolean' })
    expect(made('sold', 'late').loss).toEqual({ type: 'binary-cross-entropy' })
  })

  it('refuses columns of unlike kinds by name', () => {
    expect(pageOf(() => propose('heat', 'wet'))).toMatchObject({
      code: 'mixed-targets',
      came: '"heat" of numbers, "wet" of two classes',
    })
    expect(pageOf(() => propose('kind', 'group')).code).toBe('mixed-targets')
    expect(pageOf(() => propose('heat', 'weet')).code).toBe('unknown-column')
  })
})

describe('the loss of several targets', () => {
  const kinds = {
    numbers: prepare(settings({ heat: target, dust: target, x: target }, {})).preprocessing.target,
    labels: {
      type: 'labels',
      parts: ['a', 'b', 'c'].map((column) => ({
        type: 'binary' as const,
        column,
        classes: ['no', 'yes'] as const,
        scale: { type: 'none' },
      })),
    } as const,
  }
  const cases = (['numbers', 'labels'] as const).flatMap((kind) =>
    Object.entries(several.firstLosses[kind]).map(([type, value]) => ({ kind, type, value })),
  )

  it.each(cases)('of $kind, $type, is PyTorch’s mean over rows and targets', ({ kind, type, value }) => {
    const { inputs, targets, initial } = several[kind]
    const layers = [{ type: 'dense', units: 6 }, { type: 'tanh' }, { type: 'output' }]
    const network = resolveNetwork({ layers, loss: { type }, inputs: 4, target: kinds[kind] })
    const store = createReferenceBackend().createStore({ [PARAMETERS]: network.layout.size })
    expect(initialParameters(network.layout, createRandom(1))).toHaveLength(
      initial.flatMap(({ weights, bias }) => [...weights.flat(), ...bias]).length,
    )
    store.write(
      PARAMETERS,
      Float64Array.from(initial.flatMap(({ weights, bias }) => [...weights.flat(), ...bias])),
    )
    const program = createReferenceBackend().load(inspectionPlan(network, inputs.length), store)
    program.input('features').set(inputs.flat())
    program.input('targets').set(targets.flat())
    program.run({ key: [0, 0], step: 0 })
    expect(program.output('loss')[0]).toBeCloseTo(value, 12)
  })
})
