import type { Graph, Tensor } from '../graph/graph'
import { exp, sigmoid, random as randomNode, state } from '../graph/ops'
import type { StateUpdate } from '../graph/planner'
import { softmax } from '../graph/softmax'
import type { Link } from '../losses/loss'
import type { PlacedArray } from './parameters'
import type { ResolvedLayer, ResolvedNetwork } from './resolve'

/** The name of the flat vector of all parameters in a store. */
export const PARAMETERS = 'parameters'

/** The name of the flat vector of all statistics in a store; it is there only when a layer keeps some. */
export const STATISTICS = 'statistics'

/** What all layers of one build share. */
interface Scene {
  readonly network: ResolvedNetwork
  readonly training: boolean
  readonly updates: StateUpdate[]
  /** Streams of random numbers used so far, by outer layer: those of one layer do not move another's. */
  streams: number
}

/**
 * The stack on an input [batch, inputs]: the output of every layer, the last one's being the network's. In training,
 * what layers want their statistics to be after the step is added to `updates`.
 */
export function buildLayers(
  network: ResolvedNetwork,
  input: Tensor,
  training: boolean,
  updates: StateUpdate[] = [],
): Tensor[] {
  let x = input
  return network.layers.map(
    (layer, index) => (x = buildLayer({ network, training, updates, streams: index * 1024 }, layer, x)),
  )
}

function buildLayer(scene: Scene, layer: ResolvedLayer, input: Tensor): Tensor {
  const { graph } = input
  const { layout, statistics } = scene.network
  const read = (buffer: string, { shape, offset }: PlacedArray<unknown>): Tensor =>
    state(graph, buffer, shape, offset)
  return graph.within(layer.name, () =>
    layer.kind.build({
      config: layer.config,
      input,
      training: scene.training,
      parameter: (name) => read(PARAMETERS, find(layout.parameters, layer, name)),
      statistic: (name) => read(STATISTICS, find(statistics.statistics, layer, name)),
      update: (name, value) => {
        const { offset } = find(statistics.statistics, layer, name)
        scene.updates.push({ buffer: STATISTICS, offset, value })
      },
      random: (shape) => randomNode(graph, shape, scene.streams++),
      branch: (index, start) =>
        layer.branches[index]!.reduce((x, inner) => buildLayer(scene, inner, x), start),
    }),
  )
}

function find<T extends PlacedArray<unknown>>(arrays: readonly T[], layer: ResolvedLayer, name: string): T {
  const placed = arrays.find((array) => array.name === `${layer.name}.${name}`)
  if (!placed) throw new TypeError(`${layer.kind.type} did not declare "${name}"`)
  return placed
}

const links: Readonly<Record<Link, (x: Tensor) => Tensor>> = { identity: (x) => x, exp, sigmoid, softmax }

/** The prediction from the last layer's numbers: a value, a probability, or one for each class. */
export const applyLink = (link: Link, output: Tensor): Tensor => links[link](output)

/** Every parameter as a tensor of its own shape, in layout order. */
export const parameterTensors = (network: ResolvedNetwork, graph: Graph): Tensor[] =>
  network.layout.parameters.map(({ shape, offset }) => state(graph, PARAMETERS, shape, offset))
