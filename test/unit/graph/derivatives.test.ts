import { describe, expect, it } from 'vitest'
import { gradients } from '../../../core/graph/autodiff'
import { derivatives } from '../../../core/graph/derivatives'
import { Graph, type Tensor } from '../../../core/graph/graph'
import type { OpName, WindowAttributes } from '../../../core/graph/op'
import * as o from '../../../core/graph/ops'
import { sizeOf, type Shape } from '../../../core/graph/shape'
import { createRandom } from '../../../core/random/create-random'
import { evaluate } from './evaluate'

interface Case {
  readonly op: OpName
  readonly note?: string
  readonly shapes: readonly Shape[]
  readonly build: (...x: Tensor[]) => Tensor
  /** Where values are taken from, when not from (-2, 2). */
  readonly range?: readonly [number, number]
  /** Inputs that are indexes or conditions and have no derivative. */
  readonly fixed?: Readonly<Record<number, readonly number[]>>
}

const m: Shape = [3, 4]
const plain: WindowAttributes = { kernel: [2, 2], stride: [1, 1], dilation: [1, 1], before: [0, 0] }
const sparse: WindowAttributes = { kernel: [2, 3], stride: [1, 3], dilation: [3, 2], before: [1, 2] }
const cases: Case[] = [
  { op: 'negate', shapes: [m], build: o.negate },
  { op: 'exp', shapes: [m], build: o.exp },
  { op: 'log', shapes: [m], build: o.log, range: [0.5, 3] },
  { op: 'sqrt', shapes: [m], build: o.sqrt, range: [0.5, 3] },
  { op: 'abs', shapes: [m], build: o.abs },
  { op: 'sign', shapes: [m], build: o.sign },
  { op: 'tanh', shapes: [m], build: o.tanh },
  { op: 'sigmoid', shapes: [m], build: o.sigmoid },
  { op: 'softplus', shapes: [m], build: o.softplus },
  { op: 'erf', shapes: [m], build: o.erf },
  { op: 'sin', shapes: [m], build: o.sin },
  { op: 'cos', shapes: [m], build: o.cos },
  { op: 'add', shapes: [m, m], build: o.add },
  { op: 'add', note: 'with a repeated row', shapes: [m, [4]], build: o.add },
  { op: 'add', note: 'of a tensor to itself', shapes: [m], build: (x) => o.add(x, x) },
  { op: 'subtract', shapes: [m, m], build: o.subtract },
  { op: 'subtract', note: 'with a repeated column', shapes: [m, [3, 1]], build: o.subtract },
  { op: 'multiply', shapes: [m, m], build: o.multiply },
  { op: 'multiply', note: 'with one number', shapes: [m, [1]], build: o.multiply },
  { op: 'divide', shapes: [m, m], build: o.divide, range: [0.5, 3] },
  { op: 'divide', note: 'by one number', shapes: [m, [1]], build: o.divide, range: [0.5, 3] },
  { op: 'maximum', shapes: [m, m], build: o.maximum },
  { op: 'minimum', shapes: [m, m], build: o.minimum },
  { op: 'greater', shapes: [m, m], build: (a, b) => o.multiply(o.greater(a, b), a) },
  { op: 'equal', shapes: [m, m], build: (a, b) => o.add(o.equal(a, b), a) },
  {
    op: 'where',
    shapes: [m, m, m],
    build: o.where,
    fixed: { 0: [1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1] },
  },
  {
    op: 'matmul',
    shapes: [
      [3, 4],
      [4, 2],
    ],
    build: (a, b) => o.matmul(a, b),
  },
  {
    op: 'matmul',
    note: 'AᵀB',
    shapes: [
      [4, 3],
      [4, 2],
    ],
    build: (a, b) => o.matmul(a, b, true),
  },
  {
    op: 'matmul',
    note: 'ABᵀ',
    shapes: [
      [3, 4],
      [2, 4],
    ],
    build: (a, b) => o.matmul(a, b, false, true),
  },
  {
    op: 'matmul',
    note: 'AᵀBᵀ',
    shapes: [
      [4, 3],
      [2, 4],
    ],
    build: (a, b) => o.matmul(a, b, true, true),
  },
  {
    op: 'matmul',
    note: 'in batches',
    shapes: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    build: (a, b) => o.matmul(a, b),
  },
  {
    op: 'matmul',
    note: 'of a matrix with itself',
    shapes: [[3, 3]],
    build: (a) => o.matmul(a, a, false, true),
  },
  { op: 'sum', shapes: [[2, 3, 4]], build: (x) => o.square(o.sum(x, [1])) },
  { op: 'sum', note: 'over all axes', shapes: [m], build: (x) => o.square(o.sum(x)) },
  { op: 'sum', note: 'dropping axes', shapes: [[2, 3, 4]], build: (x) => o.square(o.sum(x, [0, 2], false)) },
  { op: 'max', shapes: [[2, 3, 4]], build: (x) => o.max(x, [2]) },
  { op: 'max', note: 'over all axes', shapes: [m], build: (x) => o.max(x) },
  { op: 'broadcast', shapes: [[3, 1]], build: (x) => o.broadcast(x, [2, 3, 4]) },
  { op: 'reshape', shapes: [m], build: (x) => o.matmul(o.reshape(x, [2, 6]), o.reshape(x, [6, 2])) },
  { op: 'transpose', shapes: [[2, 3, 4]], build: (x) => o.transpose(x, [2, 0, 1]) },
  { op: 'slice', shapes: [[4, 5]], build: (x) => o.slice(x, [1, 2], [2, 3]) },
  {
    op: 'slice',
    note: 'of whole rows',
    shapes: [[4, 5]],
    build: (x) => o.square(o.slice(x, [1, 0], [2, 5])),
  },
  { op: 'pad', shapes: [[2, 3]], build: (x) => o.pad(x, [1, 2], [4, 6]) },
  {
    op: 'concat',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    build: (...parts) => o.concat(parts, 1),
  },
  {
    op: 'concat',
    note: 'along the first axis',
    shapes: [
      [2, 3],
      [1, 3],
    ],
    build: (...parts) => o.concat(parts, 0),
  },
  { op: 'gather', shapes: [[4, 3], [5]], build: o.gather, fixed: { 1: [2, 0, 2, 3, 2] } },
  {
    op: 'scatterAdd',
    shapes: [[5, 3], [5]],
    build: (rows, k) => o.scatterAdd(rows, k, 4),
    fixed: { 1: [2, 0, 2, 3, 2] },
  },
  { op: 'patches', shapes: [[2, 4, 5, 2]], build: (x) => o.patches(x, plain, [3, 4]) },
  {
    op: 'patches',
    note: 'with strides, gaps and edges',
    shapes: [[2, 5, 6, 1]],
    build: (x) => o.patches(x, sparse, [4, 2]),
  },
  { op: 'foldPatches', shapes: [[2, 3, 4, 2, 2, 2]], build: (x) => o.foldPatches(x, plain, [4, 5]) },
  {
    op: 'foldPatches',
    note: 'with strides, gaps and edges',
    shapes: [[1, 4, 2, 2, 3, 2]],
    build: (x) => o.foldPatches(x, sparse, [5, 6]),
  },
  {
    op: 'pickLargest',
    shapes: [
      [2, 4, 5, 2],
      [2, 4, 5, 2],
    ],
    build: (x, z) => o.pickLargest(x, z, plain, [3, 4]),
  },
  {
    op: 'pickLargest',
    note: 'of a tensor by itself, with strides, gaps and edges',
    shapes: [[2, 5, 6, 2]],
    build: (x) => o.pickLargest(x, x, sparse, [4, 2]),
  },
  {
    op: 'placeLargest',
    shapes: [
      [2, 4, 5, 2],
      [2, 3, 4, 2],
    ],
    build: (x, y) => o.placeLargest(x, y, plain),
  },
  {
    op: 'placeLargest',
    note: 'with strides, gaps and edges',
    shapes: [
      [1, 5, 6, 3],
      [1, 4, 2, 3],
    ],
    build: (x, y) => o.placeLargest(x, y, sparse),
  },
]

const leaves: OpName[] = ['input', 'state', 'constant', 'random']
const stopped: OpName[] = ['stopGradient']

/** Sum of the result with fixed random weights: every element counts, none like another. */
function lossOf({ build }: Case, inputs: Tensor[]): Tensor {
  const y = build(...inputs)
  const random = createRandom(5).split('weights')
  const weights = Array.from({ length: sizeOf(y.shape) }, () => random.uniform() * 2 - 1)
  return o.sum(o.multiply(y, o.constant(y.graph, weights, y.shape)), undefined, false)
}

function valuesOf({ shapes, range = [-2, 2], fixed = {} }: Case): Float64Array[] {
  const random = createRandom(3)
  return shapes.map((shape, index) =>
    Float64Array.from(
      fixed[index] ??
        Array.from({ length: sizeOf(shape) }, () => range[0] + random.uniform() * (range[1] - range[0])),
    ),
  )
}

/** Richardson's extrapolation of central differences: error O(h⁴), so that 1e-7 relative is a real test. */
function numericDerivative(f: (x: number) => number, x: number): number {
  const h = 1e-3
  const central = (step: number): number => (f(x + step) - f(x - step)) / (2 * step)
  return (4 * central(h / 2) - central(h)) / 3
}

describe('the derivative table', () => {
  it('has a case for every op', () => {
    const tested = new Set([...cases.map((c) => c.op), ...leaves, ...stopped])
    expect(Object.keys(derivatives).filter((op) => !tested.has(op as OpName))).toEqual([])
  })

  it('names formula and source for every op that has inputs', () => {
    for (const [op, rule] of Object.entries(derivatives)) {
      expect(rule.source, op).not.toBe('')
      if (!leaves.includes(op as OpName)) expect(rule.formula, op).not.toBe('')
    }
  })

  it.each(cases)('agrees with central differences: $op $note', (testCase) => {
    const graph = new Graph()
    const inputs = testCase.shapes.map((shape, i) => o.input(graph, `x${i}`, shape))
    const loss = lossOf(testCase, inputs)
    const values = valuesOf(testCase)
    const outputs = Object.fromEntries(gradients(loss, inputs).map((tensor, i) => [`d${i}`, tensor]))
    const feeds = () => Object.fromEntries(values.map((v, i) => [`x${i}`, v]))
    const analytic = evaluate(graph, outputs, feeds())
    const lossAt = (): number => evaluate(graph, { loss }, feeds()).loss[0]!
    inputs.forEach((_, index) => {
      if (testCase.fixed?.[index]) return
      const own = values[index]!
      own.forEach((x, i) => {
        const numeric = numericDerivative((at) => ((own[i] = at), lossAt()), x)
        own[i] = x
        const found = analytic[`d${index}`]![i]!
        const error = Math.abs(found - numeric) / Math.max(1, Math.abs(found), Math.abs(numeric))
        expect(error, `d${index}[${i}]: ${found} against ${numeric}`).toBeLessThan(1e-7)
      })
    })
  })

  it('takes a stopped value as constant', () => {
    const graph = new Graph()
    const x = o.input(graph, 'x', [3])
    const [dx] = gradients(o.sum(o.multiply(o.stopGradient(x), x)), [x])
    expect([...evaluate(graph, { dx: dx! }, { x: [1, 2, 3] }).dx]).toEqual([1, 2, 3])
  })

  it('shares the gradient of equal operands evenly', () => {
    const graph = new Graph()
    const a = o.input(graph, 'a', [2])
    const [da, top] = gradients(o.sum(o.add(o.maximum(a, o.constant(graph, [1, 5], [2])), o.max(a))), [a, a])
    expect([...evaluate(graph, { da: da! }, { a: [1, 1] }).da]).toEqual([1.5, 1])
    expect(top!.id).toBe(da!.id)
  })

  it('can be applied twice: the second derivative of x³ is 6x', () => {
    const graph = new Graph()
    const x = o.input(graph, 'x', [1])
    const [first] = gradients(o.multiply(o.square(x), x), [x])
    const [second] = gradients(first!, [x])
    expect(evaluate(graph, { second: second! }, { x: [1.5] }).second[0]).toBeCloseTo(9, 12)
  })
})
