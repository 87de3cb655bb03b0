import { expect } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { gradients } from '../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../core/graph/graph'
import { input, sum } from '../../../core/graph/ops'
import { planGraph } from '../../../core/graph/planner'
import type { Shape } from '../../../core/graph/shape'

/** Numbers of named inputs, row-major, with their shapes. */
export type Feeds = Readonly<Record<string, { shape: Shape; values: readonly number[] }>>

/** What a graph gives for some inputs, in float64 if no backend is named. */
export function evaluate(
  feeds: Feeds,
  build: (graph: Graph, inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>,
  step = 0,
  backend: Backend = createReferenceBackend(),
): Record<string, number[]> {
  const graph = new Graph()
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape }]) => [name, input(graph, name, shape)]),
  )
  const outputs = build(graph, inputs)
  const plan = planGraph({ graph, outputs })
  const program = backend.load(plan, backend.createStore(plan.states))
  for (const [name, { values }] of Object.entries(feeds))
    if (name in plan.inputs) program.input(name).set(values)
  program.run({ key: [1, 2], step })
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, [...program.output(name)]]))
}

/** A function of one tensor and its derivative, element by element. */
export function valueAndDerivative(
  values: readonly number[],
  f: (x: Tensor) => Tensor,
  backend?: Backend,
): { value: number[]; derivative: number[] } {
  const build = (_graph: Graph, { x }: Readonly<Record<string, Tensor>>) => {
    const value = f(x!)
    return { value, derivative: gradients(sum(value), [x!])[0]! }
  }
  const result = evaluate({ x: { shape: [values.length, 1], values } }, build, 0, backend)
  return { value: result.value!, derivative: result.derivative! }
}

/** Each number within a relative tolerance of the wanted one, or within `absolute` where that is nearly 0. */
export function expectNear(
  came: readonly number[],
  wanted: readonly number[],
  relative: number,
  absolute = 1e-15,
): void {
  expect(came.length).toBe(wanted.length)
  came.forEach((value, i) => {
    const room = Math.max(relative * Math.abs(wanted[i]!), absolute)
    expect(Math.abs(value - wanted[i]!), `number ${i}: ${value} for ${wanted[i]}`).toBeLessThanOrEqual(room)
  })
}
