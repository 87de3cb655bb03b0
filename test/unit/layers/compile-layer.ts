import type { Backend, Numbers } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { LayerEntry } from '../../../core/experiment/schema'
import { gradients } from '../../../core/graph/autodiff'
import { Graph } from '../../../core/graph/graph'
import { input, multiply, sum } from '../../../core/graph/ops'
import { planGraph, type StateUpdate } from '../../../core/graph/planner'
import type { Shape } from '../../../core/graph/shape'
import { buildLayers, parameterTensors, PARAMETERS, STATISTICS } from '../../../core/network/forward'
import { initialState, stateBuffers, writeState } from '../../../core/network/network-state'
import { layOut, layOutStatistics } from '../../../core/network/parameters'
import { resolveLayer, type ResolvedNetwork } from '../../../core/network/resolve'
import { createRandom } from '../../../core/random/create-random'

const target = { type: 'number', column: 'y' } as const

/** A network that is one layer, or one block, and nothing else. */
export function networkOf(entry: LayerEntry, shape: Shape): ResolvedNetwork {
  const stack = entry.type === 'output' ? [entry] : [entry, { type: 'output' }]
  const layer = resolveLayer({ layers: stack, inputs: 1, target }, 0, shape)
  const layers = [layer]
  const loss = { kind: undefined as never, config: {} }
  return { inputs: 1, target, layers, loss, layout: layOut(layers), statistics: layOutStatistics(layers) }
}

export interface CompiledLayer {
  readonly network: ResolvedNetwork
  /** Without the batch axis. */
  readonly outputShape: Shape
  readonly calls: number
  /** A parameter's name without the layer's own: `weights`, `1.dense.weights`. */
  readonly names: readonly string[]
  parameters: Numbers
  readonly statistics: () => Numbers
  run(x: ArrayLike<number>, cotangent?: ArrayLike<number>, step?: number): LayerResult
}

interface LayerResult {
  /** Of cotangent times output; the cotangent is 1 if not given. */
  readonly loss: number
  readonly output: Numbers
  /** Of `input` and of each parameter. */
  readonly gradients: Readonly<Record<string, Numbers>>
}

interface LayerOptions {
  readonly training?: boolean
  readonly backend?: Backend
  /** In place of the first ones. */
  readonly statistics?: readonly number[]
}

/** One layer with its gradients, as a plan of its own. Statistics follow each run when it trains. */
export function compileLayer(
  entry: LayerEntry,
  shape: Shape,
  rows: number,
  { training = true, backend = createReferenceBackend(), statistics }: LayerOptions = {},
): CompiledLayer {
  const network = networkOf(entry, shape)
  const [layer] = network.layers
  const graph = new Graph()
  const x = input(graph, 'x', [rows, ...shape])
  const updates: StateUpdate[] = []
  const [y] = buildLayers(network, x, training, updates)
  const cotangent = input(graph, 'cotangent', y!.shape)
  const loss = sum(multiply(y!, cotangent))
  const names = network.layout.parameters.map(({ name }) => name.slice(layer!.name.length + 1))
  const found = gradients(loss, [x, ...parameterTensors(network, graph)])
  const outputs = Object.fromEntries(['input', ...names].map((name, i) => [`d ${name}`, found[i]!]))
  const plan = planGraph({ graph, outputs: { y: y!, loss, ...outputs }, updates })
  const store = backend.createStore(stateBuffers(network))
  writeState(store, initialState(network, createRandom(7)))
  if (statistics) store.write(STATISTICS, Float64Array.from(statistics))
  const program = backend.load(plan, store)
  return {
    network,
    outputShape: layer!.output,
    calls: plan.calls.length,
    names,
    get parameters() {
      return store.read(PARAMETERS)
    },
    set parameters(values) {
      store.write(PARAMETERS, values)
    },
    statistics: () => store.read(STATISTICS),
    run(values, cotangents, step = 1) {
      if (plan.inputs.x) program.input('x').set(values)
      const weights = program.input('cotangent')
      if (cotangents) weights.set(cotangents)
      else weights.fill(1)
      program.run({ key: [3, 4], step })
      const gradient = (name: string) => [name, program.output(`d ${name}`).slice()] as const
      return {
        loss: program.output('loss')[0]!,
        output: program.output('y').slice(),
        gradients: Object.fromEntries(['input', ...names].map(gradient)),
      }
    },
  }
}
