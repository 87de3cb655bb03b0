import fc from 'fast-check'
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { LabError, type HelpPage } from '../../../core/errors/lab-error'
import { createExperiment } from '../../../core/experiment/defaults'
import { experimentJsonSchema } from '../../../core/experiment/json-schema'
import { parseExperiment, readExperiment } from '../../../core/experiment/read'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { writeExperiment } from '../../../core/experiment/write'

const smallest = { nabla: 1, data: { source: 'iris.csv' }, network: [{ type: 'output' }] } as const

/** The example of the design page. */
const iris: ExperimentInput = {
  nabla: 1,
  name: 'iris',
  data: {
    source: 'iris.csv',
    csv: { delimiter: ',', decimal: '.', encoding: 'utf-8', header: true, missing: ['', 'NA'] },
    columns: {
      id: { role: 'ignore' },
      sepal_length: { role: 'feature', type: 'number', scale: 'standard', missing: 'mean' },
      colour: { role: 'feature', type: 'category', encode: 'one-hot' },
      species: { role: 'target', type: 'category' },
    },
    split: { train: 0.7, validation: 0.15, test: 0.15, strategy: 'stratified', seed: 1 },
  },
  network: [{ type: 'dense', units: 16 }, { type: 'relu' }, { type: 'output' }],
  loss: { type: 'softmax-cross-entropy' },
  optimizer: { type: 'adam', learningRate: 0.01 },
  schedule: { type: 'constant' },
  training: { epochs: 200, batchSize: 32, seed: 42, earlyStopping: { patience: 20 } },
}

function pageOf(call: () => unknown): HelpPage {
  try {
    call()
  } catch (error) {
    if (error instanceof LabError) return error.toPage()
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('reading an experiment', () => {
  it('puts every default in place', () =>
    expect(parseExperiment(smallest)).toEqual({
      nabla: 1,
      name: '',
      data: {
        source: 'iris.csv',
        csv: {},
        columns: {},
        split: { train: 0.7, validation: 0.15, test: 0.15, strategy: 'stratified', seed: 1 },
      },
      network: [{ type: 'output' }],
      optimizer: { type: 'adam' },
      schedule: { type: 'constant' },
      training: { epochs: 100, batchSize: 32, seed: 42, shuffle: true, earlyStopping: null, keep: 'best' },
    }))

  it('makes the same of a source alone', () =>
    expect(createExperiment('iris.csv')).toEqual(parseExperiment(smallest)))

  it.each<[string, object, Partial<HelpPage>]>([
    [
      'a misspelt field at the top',
      { ...smallest, optimiser: { type: 'sgd' } },
      {
        code: 'unknown-field',
        came: '"optimiser"',
        advice: 'Did you mean "optimizer"?',
        place: { path: 'optimiser' },
      },
    ],
    [
      'a misspelt field in training',
      { ...smallest, training: { epoch: 5 } },
      {
        code: 'unknown-field',
        expected:
          'one of the fields epochs, batchSize, seed, shuffle, sampling, earlyStopping, monitor, keep, classWeights, accumulate, averaging, metricsEvery, statisticsEvery, changes',
        came: '"epoch"',
        advice: 'Did you mean "epochs"?',
        place: { path: 'training.epoch' },
      },
    ],
    [
      'a misspelt field deeper still',
      { ...smallest, training: { earlyStopping: { patients: 3 } } },
      {
        came: '"patients"',
        advice: 'Did you mean "patience"?',
        place: { path: 'training.earlyStopping.patients' },
      },
    ],
    [
      'a misspelt field of a column',
      { ...smallest, data: { source: 'a', columns: { x: { rol: 'target' } } } },
      { came: '"rol"', advice: 'Did you mean "role"?', place: { path: 'data.columns.x.rol' } },
    ],
    [
      'a misspelt field that is needed, named rather than its absence',
      { nabla: 1, data: { sorce: 'a' }, network: [{ type: 'output' }] },
      { came: '"sorce"', advice: 'Did you mean "source"?', place: { path: 'data.sorce' } },
    ],
    [
      'a field like no other',
      { ...smallest, wallpaper: 1 },
      { came: '"wallpaper"', advice: 'Remove "wallpaper".', place: { path: 'wallpaper' } },
    ],
    [
      'a misspelt choice',
      { ...smallest, data: { source: 'a', split: { strategy: 'stratfied' } } },
      {
        code: 'bad-setting',
        expected: 'one of "stratified", "random", "sequential", "grouped", "time", "marker"',
        came: '"stratfied"',
        advice: 'Did you mean "stratified"?',
        place: { path: 'data.split.strategy' },
      },
    ],
    [
      'a number in quotes',
      { ...smallest, training: { epochs: '5' } },
      {
        expected: 'a whole number from 1 to 1,000,000',
        came: '"5"',
        advice: 'Write 5 without quotes.',
        place: { path: 'training.epochs' },
      },
    ],
    [
      'a number that is too small',
      { ...smallest, training: { epochs: 0 } },
      { expected: 'a whole number from 1 to 1,000,000', came: '0', place: { path: 'training.epochs' } },
    ],
    [
      'a share of everything for validation',
      { ...smallest, data: { source: 'a', split: { validation: 1 } } },
      {
        expected: 'a number, at least 0 and less than 1',
        came: '1',
        place: { path: 'data.split.validation' },
      },
    ],
    ['a network without layers', { ...smallest, network: [] }, { came: '[]', place: { path: 'network' } }],
    [
      'no network',
      { nabla: 1, data: { source: 'a' } },
      { came: 'nothing', advice: 'Add "network".', place: { path: 'network' } },
    ],
    [
      'a layer without a type',
      { ...smallest, network: [{ units: 3 }] },
      { expected: 'text in quotes', came: 'nothing', place: { path: 'network.0.type' } },
    ],
    [
      'a newer version',
      { ...smallest, nabla: 2 },
      {
        code: 'unsupported-version',
        expected: '"nabla": 1',
        came: '2',
        advice: 'The file was written by a newer Nabla Lab; update this one to open it.',
        place: { path: 'nabla' },
      },
    ],
    [
      'no version',
      { data: { source: 'a' }, network: [] },
      {
        code: 'unsupported-version',
        came: 'no "nabla" field',
        advice: 'Write "nabla": 1 at the top if this is an experiment file.',
      },
    ],
    ['a list', [], { code: 'bad-setting', came: 'a list' }],
  ])('refuses %s', (_, value, page) => expect(pageOf(() => parseExperiment(value))).toMatchObject(page))

  it('names the file', () =>
    expect(pageOf(() => parseExperiment({ ...smallest, nabla: 9 }, 'a.nabla.json')).place).toEqual({
      file: 'a.nabla.json',
      path: 'nabla',
    }))

  it('says where JSON is broken', () => {
    const page = pageOf(() => readExperiment('{ "nabla": 1,, }', 'a.nabla.json'))
    expect(page).toMatchObject({ code: 'bad-json', place: { file: 'a.nabla.json' } })
    expect(page.came).toContain('position 13')
  })
})

describe('writing an experiment', () => {
  it('puts each column, layer and group of settings on a line of its own', () =>
    expect(writeExperiment(parseExperiment(iris))).toBe(`{
  "nabla": 1,
  "name": "iris",
  "data": {
    "source": "iris.csv",
    "csv": { "delimiter": ",", "decimal": ".", "encoding": "utf-8", "header": true, "missing": ["", "NA"] },
    "columns": {
      "id": { "role": "ignore" },
      "sepal_length": { "role": "feature", "type": "number", "missing": "mean", "scale": "standard" },
      "colour": { "role": "feature", "type": "category", "encode": "one-hot" },
      "species": { "role": "target", "type": "category" }
    },
    "split": { "train": 0.7, "validation": 0.15, "test": 0.15, "strategy": "stratified", "seed": 1 }
  },
  "network": [
    { "type": "dense", "units": 16 },
    { "type": "relu" },
    { "type": "output" }
  ],
  "loss": { "type": "softmax-cross-entropy" },
  "optimizer": { "type": "adam", "learningRate": 0.01 },
  "schedule": { "type": "constant" },
  "training": { "epochs": 200, "batchSize": 32, "seed": 42, "shuffle": true, "earlyStopping": { "patience": 20, "minimumChange": 0 }, "keep": "best" }
}
`))

  it('writes fields in one order, however they came', () => {
    const turned = Object.fromEntries(Object.entries(iris).reverse())
    expect(writeExperiment(parseExperiment(turned))).toBe(writeExperiment(parseExperiment(iris)))
  })

  it('reads back what it wrote, nested blocks and odd names included', () => {
    const entry = fc.record({
      type: fc.string({ minLength: 1 }),
      units: fc.nat(),
      rate: fc.double({ noNaN: true, noDefaultInfinity: true }),
    })
    const block = fc.record({ type: fc.constant('residual'), layers: fc.array(entry, { maxLength: 3 }) })
    const names = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__')
    const column = fc.record({ role: fc.constantFrom('feature', 'target', 'ignore') }, { requiredKeys: [] })
    const experiments = fc.record({
      nabla: fc.constant(1),
      name: fc.string(),
      data: fc.record({ source: names, columns: fc.dictionary(names, column) }),
      network: fc.array(fc.oneof(entry, block), { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(experiments, (value) => {
        const experiment = parseExperiment(JSON.parse(JSON.stringify(value)))
        expect(readExperiment(writeExperiment(experiment))).toEqual(experiment)
      }),
    )
  })
})

describe('the JSON Schema', () => {
  it('knows the same fields, and needs only data, network and version', () => {
    const schema = experimentJsonSchema()
    expect(schema['required']).toEqual(['nabla', 'data', 'network'])
    expect(Object.keys(schema['properties'] as object)).toContain('training')
    expect(schema['additionalProperties']).toBe(false)
  })

  it('accepts what the lab accepts and refuses what it refuses, as another validator reads it', () => {
    const validate = new Ajv({ strict: false }).compile(experimentJsonSchema())
    expect(validate(iris), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(JSON.parse(writeExperiment(parseExperiment(iris))))).toBe(true)
    expect(validate({ ...iris, network: [{ type: 'dence', units: 16 }] })).toBe(false)
    expect(validate({ ...iris, network: [{ type: 'dense', unit: 16 }] })).toBe(false)
    expect(validate({ ...iris, optimizer: { type: 'adam', learningRate: 'fast' } })).toBe(false)
  })
})
