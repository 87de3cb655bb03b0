import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { Backend, Numbers } from '../../../core/backends/backend'
import type { Graph, Tensor } from '../../../core/graph/graph'
import { planGraph, type StateUpdate } from '../../../core/graph/planner'

export const seed = { key: [7, 11], step: 3 } as const

/** Runs the graph once and gives copies of all outputs; states hold what they hold after the run. */
export function evaluate<Name extends string>(
  graph: Graph,
  outputs: Record<Name, Tensor>,
  feeds: Record<string, ArrayLike<number>>,
  options: { updates?: StateUpdate[]; states?: Record<string, number[]>; backend?: Backend } = {},
): Record<Name, Numbers> & { states: Record<string, Numbers> } {
  const backend = options.backend ?? createReferenceBackend()
  const plan = planGraph({ graph, outputs, updates: options.updates })
  const store = backend.createStore(plan.states)
  for (const [name, values] of Object.entries(options.states ?? {}))
    store.write(name, Float64Array.from(values))
  const program = backend.load(plan, store)
  for (const [name, values] of Object.entries(feeds)) if (plan.inputs[name]) program.input(name).set(values)
  program.run(seed)
  const found = Object.fromEntries(Object.keys(outputs).map((name) => [name, program.output(name).slice()]))
  const states = Object.fromEntries(Object.keys(plan.states).map((name) => [name, store.read(name)]))
  return { ...(found as Record<Name, Numbers>), states }
}
