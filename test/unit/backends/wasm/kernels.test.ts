import { describe, expect, test } from 'vitest'
import type { OpName } from '../../../../core/graph/op'
import { binaryOps, unaryOps } from '../../../../core/graph/op'
import type { Shape } from '../../../../core/graph/shape'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { difference, evaluate, noise, singleCall, wasm, type Value } from './plans'

const TOLERANCE = 1e-5
const gaps = [0, 1, 3]
const counts = [1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 1000]

const positive = ({ shape, values }: Value): Value => ({
  shape,
  values: Float32Array.from(values, (x) => Math.abs(x) + 0.1),
})

/** Rounded to halves, so that equal pairs and zeros occur. */
const coarse = ({ shape, values }: Value): Value => ({
  shape,
  values: Float32Array.from(values, (x) => Math.round(x * 4) / 2),
})

describe('elementwise kernels agree with the reference', () => {
  test.each(unaryOps)('%s', (op) => {
    const domain = op === 'log' || op === 'sqrt' ? positive : coarse
    for (const gap of gaps)
      for (const count of counts)
        expect(
          difference(singleCall(op, [[count]], [count], {}, gap), [domain(noise([count]))]),
        ).toBeLessThan(TOLERANCE)
  })

  test.each(binaryOps)('%s, with full operands and with single numbers', (op) => {
    for (const gap of gaps)
      for (const count of counts)
        for (const [left, right] of [
          [count, count],
          [1, count],
          [count, 1],
        ] as const) {
          const values = [coarse(noise([left])), (op === 'divide' ? positive : coarse)(noise([right]))]
          expect(difference(singleCall(op, [[left], [right]], [count], {}, gap), values)).toBeLessThan(
            TOLERANCE,
          )
        }
  })

  test('where, with full operands and with single numbers', () => {
    for (const gap of gaps)
      for (const count of counts)
        for (const single of [0, 1, 2, 3]) {
          const shapes = [0, 1, 2].map((i): Shape => [i + 1 === single ? 1 : count])
          const plan = singleCall('where', shapes, [count], {}, gap)
          expect(
            difference(
              plan,
              shapes.map((shape) => coarse(noise(shape))),
            ),
          ).toBe(0)
        }
  })

  test('comparisons, maximum and where treat NaN and zeros as the reference does', () => {
    const a = Float32Array.of(NaN, 1, NaN, 0, -0, Infinity, -Infinity, 2, NaN)
    const b = Float32Array.of(1, NaN, NaN, -0, 0, Infinity, 1, -3, 0)
    const shape = [a.length]
    const reference = createReferenceBackend()
    for (const op of ['greater', 'equal', 'maximum', 'minimum', 'where'] as const) {
      const values = op === 'where' ? [a, b, a] : [a, b]
      const inputs = values.map((value) => ({ shape, values: value }))
      const plan = singleCall(
        op,
        values.map(() => shape),
        shape,
      )
      expect([...evaluate(wasm, plan, inputs)], op).toEqual([...evaluate(reference, plan, inputs)])
    }
  })
})

interface Case {
  readonly op: OpName | 'copy'
  readonly inputs: readonly Shape[]
  readonly output: Shape
  readonly attributes?: Record<string, unknown>
}

const broadcasts: Case[] = [
  [
    [1, 5],
    [7, 5],
  ],
  [
    [1, 16],
    [3, 16],
  ],
  [
    [7, 1],
    [7, 5],
  ],
  [
    [8, 1],
    [8, 16],
  ],
  [
    [1, 1],
    [6, 7],
  ],
  [[1], [9]],
  [
    [3, 1, 5],
    [3, 4, 5],
  ],
  [
    [1, 4, 1],
    [3, 4, 5],
  ],
  [
    [2, 1, 3, 1],
    [2, 4, 3, 5],
  ],
  [
    [1, 2, 1, 2, 1, 2, 1, 2],
    [3, 2, 3, 2, 3, 2, 3, 2],
  ],
].map(([from, to]) => ({ op: 'broadcast', inputs: [from!], output: to! }))

const transposes: Case[] = (
  [
    [
      [3, 5],
      [1, 0],
    ],
    [
      [8, 8],
      [1, 0],
    ],
    [
      [17, 30],
      [1, 0],
    ],
    [
      [2, 3, 5],
      [0, 2, 1],
    ],
    [
      [2, 3, 5],
      [2, 1, 0],
    ],
    [
      [5, 6, 7],
      [1, 0, 2],
    ],
    [
      [5, 6, 7],
      [2, 0, 1],
    ],
    [
      [4, 1, 9],
      [2, 1, 0],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 0, 2],
    ],
    [
      [2, 3, 2, 3, 2, 3, 2, 3],
      [7, 5, 3, 1, 0, 2, 4, 6],
    ],
  ] as const
).map(([shape, permutation]) => ({
  op: 'transpose',
  inputs: [[...shape]],
  output: permutation.map((axis) => shape[axis]!),
  attributes: { permutation },
}))

const windows: [Shape, Shape, readonly number[]][] = [
  [[10], [4], [3]],
  [
    [6, 7],
    [6, 3],
    [0, 2],
  ],
  [
    [6, 7],
    [2, 5],
    [3, 1],
  ],
  [
    [3, 4, 5],
    [2, 2, 3],
    [1, 1, 2],
  ],
  [
    [3, 4, 5, 2],
    [1, 4, 2, 2],
    [2, 0, 3, 0],
  ],
  [
    [5, 1],
    [1, 1],
    [4, 0],
  ],
]
const slices = windows.map(([whole, part, starts]): Case => {
  return { op: 'slice', inputs: [whole], output: part, attributes: { starts } }
})
const pads = windows.map(([whole, part, starts]): Case => {
  return { op: 'pad', inputs: [part], output: whole, attributes: { starts } }
})

const concats: Case[] = [
  { op: 'concat', inputs: [[3], [5], [1]], output: [9], attributes: { axis: 0 } },
  {
    op: 'concat',
    inputs: [
      [2, 3],
      [4, 3],
    ],
    output: [6, 3],
    attributes: { axis: 0 },
  },
  {
    op: 'concat',
    inputs: [
      [4, 3],
      [4, 1],
      [4, 6],
    ],
    output: [4, 10],
    attributes: { axis: 1 },
  },
  {
    op: 'concat',
    inputs: [
      [2, 3, 5],
      [2, 1, 5],
    ],
    output: [2, 4, 5],
    attributes: { axis: 1 },
  },
]

const reducedShapes: [Shape, readonly number[]][] = [
  [[1], [0]],
  [[100], [0]],
  [[7, 5], [0]],
  [[7, 5], [1]],
  [
    [7, 5],
    [0, 1],
  ],
  [[130, 37], [0]],
  [[200, 64], [0]],
  [[32, 3], [1]],
  [[3, 4, 5], [1]],
  [
    [3, 4, 5],
    [0, 2],
  ],
  [
    [3, 4, 5, 6],
    [1, 3],
  ],
  [
    [2, 3, 2, 3, 2],
    [0, 2, 4],
  ],
  [[1, 6], [0]],
  [[5000], [0]],
  [[5000, 3], [0]],
]
const reductions = (['sum', 'max'] as const).flatMap((op) =>
  reducedShapes.map(([shape, axes]): Case => {
    const output = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    return { op, inputs: [shape], output, attributes: { axes } }
  }),
)

const copies: Case[] = counts.flatMap((count) =>
  (['copy', 'stopGradient', 'reshape'] as const).map((op) => ({ op, inputs: [[count]], output: [count] })),
)

describe('kernels that move or gather numbers agree with the reference', () => {
  test.each([...broadcasts, ...transposes, ...slices, ...pads, ...concats, ...reductions, ...copies])(
    '$op $inputs -> $output $attributes',
    ({ op, inputs, output, attributes }) => {
      const values = inputs.map(noise)
      for (const gap of gaps)
        expect(difference(singleCall(op, inputs, output, attributes, gap), values)).toBeLessThan(TOLERANCE)
    },
  )

  test('max gives NaN when one is among the numbers', () => {
    for (const count of counts) {
      const { shape, values } = noise([count])
      const spoiled = Float32Array.from(values)
      spoiled[count - 1] = NaN
      const plan = singleCall('max', [[count]], [1], { axes: [0] })
      expect(evaluate(wasm, plan, [{ shape, values: spoiled }])[0]).toBeNaN()
    }
  })

  test('a sum of a million numbers keeps its precision', () => {
    const values = new Float32Array(1e6).fill(0.1)
    const plan = singleCall('sum', [[1e6]], [1], { axes: [0] })
    const exact = 1e6 * Math.fround(0.1)
    expect(Math.abs(evaluate(wasm, plan, [{ shape: [1e6], values }])[0]! / exact - 1)).toBeLessThan(1e-6)
  })
})

describe('rows by index', () => {
  const index = (rows: readonly number[]): Value => ({ shape: [rows.length], values: rows })

  test.each([1, 2, 3, 4, 5, 8, 13])('gather and scatterAdd of rows of %i numbers', (size) => {
    for (const gap of gaps) {
      const picked = index([3, 0, 0, 4, 1, 3])
      const gather = singleCall('gather', [[5, size], [6]], [6, size], {}, gap)
      expect(difference(gather, [noise([5, size]), picked])).toBe(0)
      const scatter = singleCall('scatterAdd', [[6, size], [6]], [5, size], {}, gap)
      expect(difference(scatter, [noise([6, size]), picked])).toBeLessThan(TOLERANCE)
    }
  })

  test('an index outside reads NaN and writes nothing', () => {
    const gather = singleCall('gather', [[2, 3], [3]], [3, 3])
    const rows = evaluate(wasm, gather, [noise([2, 3]), index([2, -1, 1])])
    expect([...rows.subarray(0, 6)]).toEqual(new Array(6).fill(NaN))
    expect(rows[6]).not.toBeNaN()
    const scatter = singleCall('scatterAdd', [[2, 3], [2]], [2, 3])
    expect([...evaluate(wasm, scatter, [noise([2, 3]), index([2, -1])])]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
