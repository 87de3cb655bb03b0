import { describe, expect, test } from 'vitest'
import { difference, evaluate, noise, singleCall, wasm, type Value } from './plans'

const cases = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const

const sizes = [
  [1, 1, 1],
  [32, 4, 16],
  [32, 16, 3],
  [4, 32, 16],
  [5, 7, 9],
  [128, 64, 1],
  [1, 300, 200],
  [6, 1024, 8],
  [13, 700, 17],
  [37, 53, 41],
  [97, 260, 50],
  [200, 31, 33],
] as const

const stored = (
  rows: number,
  columns: number,
  transposed: boolean,
  lead: readonly number[] = [],
): number[] => (transposed ? [...lead, columns, rows] : [...lead, rows, columns])

describe.each(cases)('matmul, transposeA %s, transposeB %s', (transposeA, transposeB) => {
  const attributes = { transposeA, transposeB }

  test.each(sizes)('[%i, %i] x [., %i] agrees with the reference', (m, k, n) => {
    const inputs = [noise(stored(m, k, transposeA)), noise(stored(k, n, transposeB))]
    for (const gap of [0, 1]) {
      const plan = singleCall(
        'matmul',
        inputs.map((x) => x.shape),
        [m, n],
        attributes,
        gap,
      )
      expect(difference(plan, inputs)).toBeLessThan(1e-5)
    }
  })

  test('goes along leading axes', () => {
    const inputs = [noise(stored(5, 6, transposeA, [2, 3])), noise(stored(6, 7, transposeB, [2, 3]))]
    const plan = singleCall(
      'matmul',
      inputs.map((x) => x.shape),
      [2, 3, 5, 7],
      attributes,
    )
    expect(difference(plan, inputs)).toBeLessThan(1e-5)
  })
})

/** Every product rounded to float32 and added in the order of k: what each element must be, wherever it stands. */
function inOrder(a: Value, b: Value, [m, k, n]: readonly [number, number, number]): Float64Array {
  const c = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let total = 0
      for (let p = 0; p < k; p++)
        total = Math.fround(total + Math.fround(a.values[i * k + p]! * b.values[p * n + j]!))
      c[i * n + j] = total
    }
  return c
}

const turned = ({ shape: [rows = 0, columns = 0], values }: Value): Value => ({
  shape: [columns, rows],
  values: Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!),
})

// So that a product split by rows, however it is stored, has the bits of the whole.
test.each([...sizes, [20, 300, 50], [130, 64, 70], [30, 650, 40], [27, 401, 23]] as const)(
  '[%i, %i] x [., %i] sums in the order of k, to the bit',
  (m, k, n) => {
    const [a, b] = [noise([m, k]), noise([k, n])]
    const expected = inOrder(a, b, [m, k, n])
    for (const [transposeA, transposeB] of cases) {
      const inputs = [transposeA ? turned(a) : a, transposeB ? turned(b) : b]
      const shapes = inputs.map((input) => input.shape)
      const plan = singleCall('matmul', shapes, [m, n], { transposeA, transposeB })
      expect(evaluate(wasm, plan, inputs)).toEqual(expected)
    }
  },
)

test.each(['none', 'relu', 'tanh', 'sigmoid'])(
  'dense with %s is matmul, add and activation to the bit',
  (activation) => {
    for (const [m, k, n] of sizes) {
      const [x, w, b] = [noise([m, k]), noise([k, n]), noise([1, n])]
      const shapes = [x.shape, w.shape, b.shape]
      const fused = evaluate(wasm, singleCall('dense', shapes, [m, n], { activation }), [x, w, b])
      const product = evaluate(wasm, singleCall('matmul', shapes.slice(0, 2), [m, n]), [x, w])
      const full = evaluate(wasm, singleCall('broadcast', [[1, n]], [m, n]), [b])
      const shape = [m, n]
      const sum = evaluate(wasm, singleCall('add', [shape, shape], shape), [
        { shape, values: product },
        { shape, values: full },
      ])
      const values = { shape, values: sum }
      const zero = { shape: [1], values: [0] }
      const expected =
        activation === 'none'
          ? sum
          : activation === 'relu'
            ? evaluate(wasm, singleCall('maximum', [shape, [1]], shape), [values, zero])
            : evaluate(wasm, singleCall(activation as 'tanh', [shape], shape), [values])
      expect(fused).toEqual(expected)
      const plan = singleCall('dense', shapes, shape, { activation }, 1)
      expect(difference(plan, [x, w, b])).toBeLessThan(1e-5)
    }
  },
)

/** More of the ways that products go: one column, one row, operands read where they are, and A turned over. */
const oddSizes = [
  [67, 131, 1],
  [1, 131, 67],
  [70, 1, 65],
  [17, 300, 97],
  [33, 300, 201],
] as const

describe.each(cases)('matmul, transposeA %s, transposeB %s, to the bit', (transposeA, transposeB) => {
  const attributes = { transposeA, transposeB }

  test.each([...sizes, ...oddSizes])(
    '[%i, %i] x [., %i] adds up in the order of the inner axis',
    (m, k, n) => {
      const inputs = [noise(stored(m, k, transposeA)), noise(stored(k, n, transposeB))] as const
      const [a, b] = inputs
      const plan = singleCall(
        'matmul',
        inputs.map((x) => x.shape),
        [m, n],
        attributes,
      )
      const expected = Float64Array.from({ length: m * n }, (_, place) => {
        const [i, j] = [Math.floor(place / n), place % n]
        let total = 0
        for (let p = 0; p < k; p++) {
          const left = a.values[transposeA ? p * m + i : i * k + p]!
          const right = b.values[transposeB ? j * k + p : p * n + j]!
          total = Math.fround(total + Math.fround(left * right))
        }
        return total
      })
      expect(evaluate(wasm, plan, inputs)).toEqual(expected)
    },
  )
})
