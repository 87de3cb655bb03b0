import { createReferenceBackend } from '../../backends/reference/reference-backend'
import { gradients } from '../../graph/autodiff'
import { Graph } from '../../graph/graph'
import { input, sum } from '../../graph/ops'
import { planGraph } from '../../graph/planner'
import type { LayerKind } from '../../layers/layer'
import { layers } from '../../layers/registry'

/** A function of one variable and its derivative at the same points. */
export interface Curve {
  readonly x: readonly number[]
  readonly f: readonly number[]
  readonly slope: readonly number[]
}

const range = 4
const points = 161

/** f and f' of an activation with its default settings, computed by the graph and its derivative table. */
export function activationCurve(kind: LayerKind): Curve {
  const { type: _type, ...config } = layers.create(kind.type)
  const refuse = (): never => {
    throw new TypeError(`${kind.type} is not a function of one variable`)
  }
  const graph = new Graph()
  const x = input(graph, 'x', [points, 1])
  const tools = { parameter: refuse, statistic: refuse, update: refuse, random: refuse, branch: refuse }
  const f = kind.build({ config, input: x, training: false, ...tools })
  const [slope] = gradients(sum(f, [0, 1]), [x])
  const plan = planGraph({ graph, outputs: { f, slope: slope! } })
  const backend = createReferenceBackend()
  const program = backend.load(plan, backend.createStore(plan.states))
  const places = Array.from({ length: points }, (_, i) => -range + (2 * range * i) / (points - 1))
  program.input('x').set(places)
  program.run({ key: [0, 0], step: 0 })
  return { x: places, f: Array.from(program.output('f')), slope: Array.from(program.output('slope')) }
}

/** True for layers that are one function of one variable, element by element. */
export const isActivation = (kind: LayerKind): boolean => kind.elementwise === true
