import type { Backend, Program } from '../../../../core/backends/backend'
import { gradients } from '../../../../core/graph/autodiff'
import { Graph } from '../../../../core/graph/graph'
import { constant, input, multiply, random as randomNode, sum } from '../../../../core/graph/ops'
import { planGraph } from '../../../../core/graph/planner'
import type { Shape } from '../../../../core/graph/shape'
import { layers } from '../../../../core/layers/registry'

/** A layer by its type, with checked settings, on an input [batch, ...]. */
export interface LayerUse {
  readonly type: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly input: Shape
}

export function resolve({ type, settings, input }: LayerUse) {
  const { type: _type, ...config } = layers.parse({ type, ...settings })
  const kind = layers.get(type)
  const row = input.slice(1)
  return { kind, config, output: kind.outputShape(config, row), parameters: kind.parameters(config, row) }
}

export type Values = Readonly<Record<string, ArrayLike<number>>>

const refuse = (): never => {
  throw new Error('a spatial layer uses nothing but its input, its parameters and chance')
}

/**
 * The layer as a program: inputs `x` and the parameters by name, outputs `y`, `loss` (the sum of y times `weights`) and
 * the loss's gradients as `d x`, `d weights`, ...
 */
export function loadLayer(
  use: LayerUse,
  weights: readonly number[],
  backend: Backend,
  training = true,
): Program {
  const { kind, config, output, parameters } = resolve(use)
  const graph = new Graph()
  const shapes = { x: use.input, ...Object.fromEntries(parameters.map(({ name, shape }) => [name, shape])) }
  const leaves = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, input(graph, name, shape)]),
  )
  let streams = 0
  const y = kind.build({
    config,
    input: leaves.x!,
    training,
    parameter: (name) => leaves[name] ?? refuse(),
    random: (shape) => randomNode(graph, shape, streams++),
    statistic: refuse,
    update: refuse,
    branch: refuse,
  })
  const wanted = [use.input[0]!, ...output]
  if (y.shape.join() !== wanted.join()) throw new Error(`built [${y.shape.join()}], said [${wanted.join()}]`)
  const loss = sum(multiply(y, constant(graph, weights, y.shape)), undefined, false)
  const names = Object.keys(leaves)
  const found = gradients(loss, Object.values(leaves))
  const slopes = Object.fromEntries(names.map((name, i) => [`d ${name}`, found[i]!]))
  const plan = planGraph({ graph, outputs: { y, loss, ...slopes } })
  return backend.load(plan, backend.createStore(plan.states))
}

/** Runs a loaded layer; inputs that the plan does not need (a bias that only shifts) are left out by it. */
export function feed(program: Program, values: Values, step = 0): void {
  for (const [name, numbers] of Object.entries(values)) {
    const target = inputOf(program, name)
    target?.set(numbers)
  }
  program.run({ key: [1, 2], step })
}

function inputOf(program: Program, name: string) {
  try {
    return program.input(name)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
