import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradients } from '../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../core/graph/graph'
import type { WindowAttributes } from '../../../core/graph/op'
import * as o from '../../../core/graph/ops'
import { planGraph } from '../../../core/graph/planner'
import type { KernelCall } from '../../../core/graph/plan'
import { sizeOf } from '../../../core/graph/shape'
import { evaluate } from './evaluate'

const around: WindowAttributes = { kernel: [2, 2], stride: [1, 1], dilation: [1, 1], before: [1, 0] }
const image = (a: Tensor): Tensor => o.reshape(a, [1, 3, 3, 1])

const relu = (x: Tensor): Tensor => o.multiply(x, o.greater(x, 0))
const firstRow = (a: Tensor): Tensor => o.slice(a, [0, 0], [1, 3])

/** The four numbers of each window times four numbers of b, and a bias. */
function convolved(a: Tensor, b: Tensor): Tensor {
  const windows = o.reshape(o.patches(image(a), around, [3, 3]), [9, 4])
  const weights = o.slice(o.reshape(b, [9, 1]), [0, 0], [4, 1])
  return o.reshape(o.add(o.matmul(windows, weights), o.slice(b, [2, 2], [1, 1])), [3, 3])
}

const ops = [
  (a: Tensor) => o.tanh(a),
  (a: Tensor, b: Tensor) => o.add(a, b),
  (a: Tensor, b: Tensor) => o.multiply(a, b),
  (a: Tensor, b: Tensor) => o.matmul(a, b),
  (a: Tensor) => o.transpose(a, [1, 0]),
  (a: Tensor) => o.add(a, o.sum(a, [0])),
  (a: Tensor) => o.subtract(a, o.max(a, [1])),
  (a: Tensor) => o.reshape(o.reshape(a, [9]), [3, 3]),
  (a: Tensor, b: Tensor) => o.concat([o.slice(a, [0, 0], [1, 3]), o.slice(b, [1, 0], [2, 3])], 0),
  (a: Tensor, b: Tensor) => o.concat([o.slice(a, [0, 1], [3, 2]), o.slice(b, [0, 0], [3, 1])], 1),
  (a: Tensor) => o.multiply(a, 0.5),
  (a: Tensor) => o.stopGradient(a),
  (a: Tensor) => o.reshape(o.sum(o.patches(image(a), around, [3, 3]), [3, 4]), [3, 3]),
  (a: Tensor, b: Tensor) => relu(o.add(o.matmul(a, b), firstRow(a))),
  (a: Tensor, b: Tensor) => relu(convolved(a, b)),
  (a: Tensor, b: Tensor) => o.reshape(o.pickLargest(image(a), image(b), around, [3, 3]), [3, 3]),
]

/** The same graph with every node as an output, so that nothing is reused or done in place. */
const evaluateApart = (graph: Graph, wanted: Tensor, x: number[]): number[] => {
  const all = Object.fromEntries(graph.nodes.map((node) => [`n${node.id}`, graph.tensor(node.id)]))
  return [...evaluate(graph, all, { x })[`n${wanted.id}`]!]
}

const overlap = (a: KernelCall['output'], b: KernelCall['output']): boolean =>
  a.buffer === b.buffer && a.offset < b.offset + sizeOf(b.shape) && b.offset < a.offset + sizeOf(a.shape)

describe('the planner', () => {
  it('gives the same numbers however it reuses memory, on random graphs and their gradients', () => {
    const step = fc.tuple(fc.nat(ops.length - 1), fc.nat(20), fc.nat(20))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const graph = new Graph()
        const x = o.input(graph, 'x', [3, 3])
        const made = [x]
        for (const [op, a, b] of steps) made.push(ops[op]!(made[a % made.length]!, made[b % made.length]!))
        const loss = o.sum(o.tanh(made.at(-1)!))
        const [dx] = gradients(loss, [x])
        const feed = [0.3, -0.2, 0.5, 0.1, 0.7, -0.6, 0.4, -0.9, 0.2]
        const planned = evaluate(graph, { loss, dx: dx! }, { x: feed })
        expect([...planned.dx]).toEqual(evaluateApart(graph, dx!, feed))
        expect([...planned.loss]).toEqual(evaluateApart(graph, loss, feed))
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('never lets an output overlap an input, unless an elementwise call works in place', () => {
    const graph = new Graph()
    const x = o.input(graph, 'x', [8, 4])
    const w = o.state(graph, 'parameters', [4, 4])
    const loss = o.sum(o.square(o.tanh(o.matmul(o.tanh(o.matmul(x, w)), w))))
    const [dw] = gradients(loss, [w])
    const plan = planGraph({ graph, outputs: { loss, dw: dw! } })
    for (const call of plan.calls)
      for (const region of call.inputs)
        if (overlap(call.output, region))
          expect([region.buffer, region.offset]).toEqual([call.output.buffer, call.output.offset])
  })

  it('computes gradients right in their place in the flat vector, and updates right in their buffer', () => {
    const graph = new Graph()
    const x = o.input(graph, 'x', [2, 3])
    const w = o.state(graph, 'parameters', [3, 2])
    const b = o.state(graph, 'parameters', [2], 6)
    const loss = o.sum(o.square(o.add(o.matmul(x, w), b)))
    const parts = gradients(loss, [w, b]).map((part) => o.reshape(part, [sizeOf(part.shape)]))
    const value = o.subtract(o.state(graph, 'parameters', [8]), o.multiply(o.concat(parts, 0), 0.1))
    const plan = planGraph({
      graph,
      outputs: { loss },
      updates: [{ buffer: 'parameters', offset: 0, value }],
    })
    expect(plan.calls.filter((call) => call.op === 'copy' || call.op === 'concat')).toEqual([])
    const run = evaluate(
      graph,
      { loss },
      { x: [1, 2, 3, 4, 5, 6] },
      {
        updates: [{ buffer: 'parameters', offset: 0, value }],
        states: { parameters: [0, 0, 0, 0, 0, 0, 1, -1] },
      },
    )
    expect([...run.states.parameters!].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([
      -1, 1, -1.4, 1.4, -1.8, 1.8, 0.6, -0.6,
    ])
  })

  it('keeps the old values for those who read them after an update', () => {
    const graph = new Graph()
    const a = o.state(graph, 'a', [2])
    const b = o.state(graph, 'b', [2])
    const updates = [
      { buffer: 'a', offset: 0, value: o.add(a, 1) },
      { buffer: 'b', offset: 0, value: o.multiply(o.add(b, a), 2) },
    ]
    const run = evaluate(graph, {}, {}, { updates, states: { a: [1, 2], b: [10, 20] } })
    expect([...run.states.a!, ...run.states.b!]).toEqual([2, 3, 22, 44])
  })

  it('computes nothing that no output needs, and folds constants away', () => {
    const graph = new Graph()
    const x = o.input(graph, 'x', [4])
    o.exp(x)
    const y = o.multiply(x, o.multiply(o.constant(graph, 2), o.add(o.constant(graph, 1), 0.5)))
    const plan = planGraph({ graph, outputs: { y } })
    expect(plan.calls.map((call) => call.op)).toEqual(['multiply'])
    expect(plan.constants.map((c) => c.values)).toEqual([[3]])
  })

  it('puts an activation into its product, and computes its mask where it is read', () => {
    const graph = new Graph()
    const [x, w, b] = [
      [4, 3],
      [3, 2],
      [1, 2],
    ].map((shape, i) => o.input(graph, `${i}`, shape)) as [Tensor, Tensor, Tensor]
    const y = relu(o.add(o.matmul(x, w), b))
    const { calls } = planGraph({ graph, outputs: { y, dw: gradients(o.sum(o.square(y)), [w])[0]! } })
    expect(calls.map(({ op }) => op)).toEqual(['dense', 'add', 'greater', 'multiply', 'matmul'])
    expect(calls[0]!.attributes.activation).toBe('relu')
  })

  it('puts it into a product in another shape too, unless somebody else reads that', () => {
    const graph = new Graph()
    const [x, w, b] = [
      [4, 3],
      [3, 2],
      [1, 2],
    ].map((shape, i) => o.input(graph, `${i}`, shape)) as [Tensor, Tensor, Tensor]
    const product = o.add(o.matmul(x, w), b)
    const y = relu(o.reshape(product, [2, 2, 2]))
    const opsOf = (outputs: Record<string, Tensor>): string[] =>
      planGraph({ graph, outputs }).calls.map(({ op }) => op)
    expect(opsOf({ y })).toEqual(['dense'])
    expect(opsOf({ y, product })).toEqual(['dense', 'greater', 'multiply'])
  })

  it('uses far less memory than the sum of its tensors for a deep stack', () => {
    const graph = new Graph()
    let x = o.input(graph, 'x', [64, 64])
    for (let layer = 0; layer < 20; layer++) x = o.tanh(o.matmul(x, x))
    const plan = planGraph({ graph, outputs: { x } })
    expect(plan.arenaSize).toBeLessThanOrEqual(4 * 64 * 64)
  })
})
