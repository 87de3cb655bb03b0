import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { expectationOf, valueAt } from '../../../core/catalog/schema-words'
import { readings } from '../../../core/data/cells/rules/registry'
import { clips, encoders, fills, scales } from '../../../core/data/preparing/registries'
import { formatHelpPage, LabError } from '../../../core/errors/lab-error'
import { namingFields, pathInWords } from '../../../core/errors/path-words'
import { parseExperiment } from '../../../core/experiment/read'
import { experimentSchema, type ExperimentInput } from '../../../core/experiment/schema'
import { rooms } from '../kinds/tables'

type Path = readonly (string | number)[]

/** Every field that an experiment file can have. */
const full: ExperimentInput = {
  $schema: 'schema.json',
  nabla: 1,
  name: 'all',
  data: {
    source: ['a.csv', 'b.csv'],
    format: 'csv',
    csv: {
      delimiter: ';',
      decimal: ',',
      thousands: '.',
      quote: '"',
      escape: '\\',
      encoding: 'utf-8',
      header: true,
      missing: ['NA'],
      comment: '#',
      skip: 1,
      spaces: 'skip',
    },
    columns: {
      mass: {
        role: 'feature',
        type: 'number',
        missing: 'mean',
        indicator: true,
        clip: 'none',
        scale: 'standard',
        scaleGroup: 'g',
        rare: { minimum: 2, share: 0.1 },
        unseen: 'zeros',
        encode: 'number',
        unreadable: 'missing',
        reading: { replace: { a: 'b' }, decimals: 'both', units: { kg: 1 }, within: { low: 0, high: 1 } },
      },
    },
    derived: [
      { name: 'f', formula: 'mass' },
      { name: 'a', lag: { column: 'mass', steps: 1 } },
      { name: 'b', lead: { column: 'mass', steps: 1 } },
      { name: 'c', window: { column: 'mass', size: 2, statistic: 'mean', lag: 0 } },
    ],
    split: {
      train: 0.7,
      validation: 0.15,
      test: 0.15,
      strategy: 'marker',
      seed: 1,
      by: 'mark',
      marks: { t: 'train' },
    },
    repeats: 'first',
    contradictions: 'keep',
    select: { inputs: 3 },
    accepted: ['x'],
  },
  network: [{ type: 'output' }],
  loss: { type: 'mse' },
  optimizer: { type: 'adam' },
  schedule: { type: 'constant' },
  regularization: { l1: 0, l2: 0, maxNorm: 3 },
  clip: { by: 'norm', limit: 1 },
  training: {
    epochs: 1,
    batchSize: 1,
    seed: 1,
    shuffle: true,
    sampling: 'balanced',
    earlyStopping: { patience: 1, minimumChange: 0 },
    monitor: 'loss',
    keep: 'best',
    classWeights: { yes: 2 },
    accumulate: 1,
    averaging: { decay: 0.9 },
    metricsEvery: 1,
    statisticsEvery: 1,
    changes: [
      {
        epoch: 2,
        batch: 1,
        set: {
          learningRate: 1,
          batchSize: 1,
          schedule: { type: 'constant' },
          layers: { 'network.0.rate': 1 },
        },
      },
    ],
  },
}

interface Place {
  readonly path: Path
  readonly schema: z.core.$ZodType
}

const wrappers = [z.ZodDefault, z.ZodPrefault, z.ZodOptional, z.ZodNullable]
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapper = wrappers.find((kind) => schema instanceof kind)
  return wrapper ? bare((schema as z.ZodOptional).unwrap()) : schema
}

/** Every place that the schema has, with the entry of each list and record that the full experiment holds. */
function placesOf(schema: z.core.$ZodType, value: unknown, path: Path = []): Place[] {
  const inner = bare(schema)
  const here = path.length > 0 ? [{ path, schema }] : []
  if (inner instanceof z.ZodObject)
    return [
      ...here,
      ...Object.entries(inner.shape).flatMap(([name, field]) =>
        placesOf(field as z.ZodType, valueAt(value, [name]), [...path, name]),
      ),
    ]
  const key = inner instanceof z.ZodArray ? 0 : Object.keys(value ?? {})[0]
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return [...here, ...value.flatMap((item, i) => placesOf(inner.element, item, [...path, i]))]
  if (inner instanceof z.ZodRecord && key !== undefined)
    return [...here, ...placesOf(inner.valueType, valueAt(value, [key]), [...path, key])]
  return here
}

function changed(
  path: Path,
  change: (holder: Record<PropertyKey, unknown>, key: PropertyKey) => void,
): unknown {
  const copy = structuredClone(full) as unknown
  change(valueAt(copy, path.slice(0, -1)) as Record<PropertyKey, unknown>, path.at(-1)!)
  return copy
}

const refusalOf = (value: unknown): LabError => {
  try {
    parseExperiment(value)
  } catch (error) {
    if (error instanceof LabError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const foreign =
  /invalid|too (small|big)|unrecognized|received|expected (string|number|object|array|int)|[<>]=?\s*\d|union|undefined|ZodError|record\b|another value/i

/** What a person reads, without what the file says. */
function expectPlain(error: LabError, path: Path): void {
  const name = String(path.at(-1))
  const { expected, advice, place } = error
  expect(`${expected} ${advice}`).not.toMatch(foreign)
  expect(expected).toMatch(/^[\w"'{[].{3,}/)
  expect(place.path?.startsWith(path.slice(0, -1).join('.'))).toBe(true)
  expect(`${place.path} ${expected}`).toContain(name)
  expect(formatHelpPage(error.toPage())).toContain(pathInWords(place.path!))
}

/** Values of every type and size; each field refuses some of them. */
const strangers: readonly unknown[] = [
  null,
  true,
  '',
  'a word that no setting has',
  -1e300,
  -1,
  0,
  0.5,
  1.5,
  7e9,
  1e300,
  [],
  [null],
  [-1, 2],
  [1, 'two'],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  {},
  { strange: null },
  'x'.repeat(5000),
]

const places = placesOf(experimentSchema, full)
  // Another version has a page of its own.
  .filter(({ path }) => path.join() !== 'nabla')
const named = places.map((place) => ({ ...place, name: place.path.join('.') }))

describe('every field of an experiment file', () => {
  it('is in the experiment that these tests take apart', () => {
    expect(parseExperiment(full)).toBeDefined()
    const unions = new Set(['data.derived.0', 'data.derived.1', 'data.derived.2', 'data.derived.3'])
    const absent = named.filter(({ path, name }) => {
      const isWay = unions.has(name.split('.').slice(0, 3).join('.')) && path.length > 3
      return !isWay && valueAt(full, path) === undefined
    })
    expect(absent.map(({ name }) => name)).toEqual([])
    expect(named.length).toBeGreaterThan(90)
  })

  it.each(named.filter(({ path }) => valueAt(full, path) !== undefined))(
    '$name is told in plain words where its value is of another type or out of range',
    ({ path, schema }) => {
      const refused = strangers.filter((value) => !z.safeParse(schema, value).success)
      expect(refused.length).toBeGreaterThan(0)
      for (const value of refused)
        expectPlain(refusalOf(changed(path, (holder, key) => (holder[key] = value))), path)
    },
  )

  it.each(
    named.filter(
      ({ schema, path }) => bare(schema) instanceof z.ZodObject && valueAt(full, path) !== undefined,
    ),
  )('$name names a field that it does not know', ({ path, schema }) => {
    const inner = bare(schema) as z.ZodObject
    if (inner.def.catchall && !(inner.def.catchall instanceof z.ZodNever)) return
    const known = Object.keys(inner.shape)
    const value = changed([...path, 'strange'], (holder, key) => (holder[key] = 1))
    const error = refusalOf(value)
    expect(error).toMatchObject({ code: 'unknown-field', came: '"strange"' })
    expect(error.place.path).toBe([...path, 'strange'].join('.'))
    expect(error.expected).toBe(`one of the fields ${known.join(', ')}`)
    expect(error.advice).not.toMatch(foreign)
  })

  it.each(
    named.filter(
      ({ path, schema }) =>
        typeof path.at(-1) === 'string' &&
        valueAt(full, path) !== undefined &&
        !z.safeParse(schema, undefined).success &&
        !namingFields.has(String(path.at(-2))),
    ),
  )('$name is asked for where it is missing', ({ path }) => {
    const error = refusalOf(changed(path, (holder, key) => delete holder[key]))
    expectPlain(error, path)
    expect(error).toMatchObject({ came: 'nothing', advice: `Add "${path.join('.')}".` })
  })

  it('has its allowed values or its range in the page', () => {
    const page = (path: Path, value: unknown) =>
      refusalOf(changed(path, (holder, key) => (holder[key] = value))).toPage()
    expect(page(['training', 'epochs'], 0).expected).toBe('a whole number from 1 to 1,000,000')
    expect(page(['training', 'epochs'], '5')).toMatchObject({
      came: '"5"',
      advice: 'Write 5 without quotes.',
    })
    expect(page(['name'], 5).advice).toBe('Write it in quotes: "5".')
    expect(page(['data', 'split', 'train'], 2).expected).toBe('a number, more than 0 and at most 1')
    expect(page(['data', 'csv', 'delimiter'], '').expected).toBe('text in quotes of 1 to 4 characters')
    expect(page(['data', 'csv', 'decimal'], 1).expected).toBe('one of ".", ","')
    expect(page(['data', 'csv', 'header'], 1).expected).toBe('true or false')
    expect(page(['training', 'earlyStopping'], 3).expected).toBe(
      'an object { … } of "patience", "minimumChange", or null',
    )
    expect(page(['training', 'classWeights'], 'even').expected).toMatch(
      /^"balanced", or a number above 0 for each/,
    )
    expect(page(['training', 'classWeights', 'yes'], 0).expected).toBe('a number, more than 0')
    expect(page(['network'], []).expected).toBe(
      'a list [ … ] of at least 1 entry, each an object { … } with "type"',
    )
  })
})

describe('where it is', () => {
  it('is told in words: entries are counted from 1, names stay names', () => {
    expect(pathInWords('network.2.layers.0.units')).toBe('network › entry 3 › layers › entry 1 › units')
    expect(pathInWords('data.columns.7.reading.units.3')).toBe('data › columns › 7 › reading › units › 3')
  })

  it('knows every field of names', () => {
    const records = places.filter(({ schema }) => bare(schema) instanceof z.ZodRecord)
    expect(records.length).toBeGreaterThan(3)
    for (const { path } of records) expect(namingFields).toContain(path.at(-1))
  })
})

const registries = [...rooms.map(({ registry }) => registry), readings, fills, clips, encoders, scales]
const kinds = registries.flatMap((registry) =>
  registry.list.map((kind) => ({ registry, kind, name: `${registry.name} ${kind.type}` })),
)

describe.each(kinds)('$name', ({ registry, kind }) => {
  it('tells each setting that is wrong in plain words', () => {
    const { shape } = bare(kind.schema) as z.ZodObject
    for (const field of Object.keys(shape))
      for (const value of strangers) {
        const entry = { ...registry.create(kind.type), [field]: value }
        try {
          registry.parse(entry, 'here')
        } catch (error) {
          if (!(error instanceof LabError)) throw error
          expect(`${error.expected} ${error.advice}`).not.toMatch(foreign)
          // Of two settings that do not fit each other, either may be told.
          expect(`${error.place.path} ${error.expected}`).toContain(field)
        }
      }
  })
})

describe('a single setting', () => {
  it('is told as a sentence, or as nothing where it fits', () => {
    expect(expectationOf(z.int().min(1), 0)).toBe('Expected a whole number, at least 1.')
    expect(expectationOf(z.int().min(1), 1)).toBeUndefined()
  })
})
