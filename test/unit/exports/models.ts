import fc from 'fast-check'
import type { Preprocessing } from '../../../core/data/prepared'
import { experimentSchema } from '../../../core/experiment/schema'
import type { NamedArray, TrainedModel } from '../../../core/exports/export'
import { sizeOf, type Shape } from '../../../core/graph/shape'

const preprocessing: Preprocessing = {
  version: 2,
  features: [
    {
      ...{ column: 'größe', type: 'number', fill: 1.5, encode: { type: 'number' }, start: 0, width: 1 },
      scales: [{ type: 'standard', offset: 1, factor: 2 }],
    },
    {
      ...{ column: 'colour', type: 'category', levels: ['red', 'blue'], fill: null },
      ...{ encode: { type: 'one-hot' }, start: 1, width: 2 },
    },
  ],
  width: 3,
  inputNames: ['größe', 'colour = red', 'colour = blue'],
  target: { type: 'number', column: 'y', scale: { type: 'none' } },
}

export const array = (name: string, shape: Shape, values: readonly number[]): NamedArray => ({
  name,
  shape,
  values: Float32Array.from(values),
})

export const modelOf = (parameters: readonly NamedArray[]): TrainedModel => ({
  experiment: experimentSchema.parse({
    nabla: 1,
    name: 'höhe "A"',
    data: { source: 'höhe.csv' },
    network: [{ type: 'dense', units: 2 }, { type: 'output' }],
  }),
  preprocessing,
  parameters,
  fingerprint: 'ab'.repeat(32),
})

/** Two layers, with numbers that are awkward to write down. */
export const sample = modelOf([
  array('1.dense.weights', [3, 2], [0.1, -2.5, 1 / 3, 16777216, -1e-7, 3.4028234663852886e38]),
  array('1.dense.bias', [2], [-0, 1.401298464324817e-45]),
  array('2.output.weights', [2, 1], [1.1754943508222875e-38, 123456.789]),
  array('2.output.bias', [1], [0]),
])

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })

const arrayOf = (name: string): fc.Arbitrary<NamedArray> =>
  shapes.chain((shape) =>
    fc
      .array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
        minLength: sizeOf(shape),
        maxLength: sizeOf(shape),
      })
      .map((values) => array(name, shape, values)),
  )

/** Parameters as the network names them. */
export const anyModel = fc
  .uniqueArray(names, { minLength: 1, maxLength: 4 })
  .chain((list) => fc.tuple(...list.map((name, i) => arrayOf(`${i + 1}.${name.replaceAll('\0', '')}`))))
  .map(modelOf)
