import type { Graph, Tensor } from '../graph/graph'
import {
  divide,
  exp,
  max,
  sigmoid,
  random as randomNode,
  state,
  stopGradient,
  subtract,
  sum,
} from '../graph/ops'
import type { Link } from '../losses/loss'
import type { ResolvedLayer, ResolvedNetwork } from './resolve'

/** The name of the flat vector of all parameters in a store. */
export const PARAMETERS = 'parameters'

/** The stack on an input [batch, inputs]: the output of every layer, the last one's being the network's. */
export function buildLayers(network: ResolvedNetwork, input: Tensor, training: boolean): Tensor[] {
  let x = input
  return network.layers.map((layer, index) => (x = buildLayer(network, layer, index, x, training)))
}

function buildLayer(
  network: ResolvedNetwork,
  layer: ResolvedLayer,
  index: number,
  input: Tensor,
  training: boolean,
): Tensor {
  const { graph } = input
  const own = network.layout.parameters.filter((parameter) => parameter.layer === index)
  const parameter = (name: string): Tensor => {
    const placed = own.find(({ spec }) => spec.name === name)
    if (!placed) throw new TypeError(`${layer.kind.type} did not declare a parameter "${name}"`)
    return state(graph, PARAMETERS, placed.shape, placed.offset)
  }
  let streams = index * 1024
  return graph.within(layer.name, () =>
    layer.kind.build({
      config: layer.config,
      input,
      training,
      parameter,
      random: (shape) => randomNode(graph, shape, streams++),
    }),
  )
}

const softmax = (x: Tensor): Tensor => {
  const last = x.shape.length - 1
  const raised = exp(subtract(x, stopGradient(max(x, [last]))))
  return divide(raised, sum(raised, [last]))
}

const links: Readonly<Record<Link, (x: Tensor) => Tensor>> = { identity: (x) => x, exp, sigmoid, softmax }

/** The prediction from the last layer's numbers: a value, a probability, or one for each class. */
export const applyLink = (link: Link, output: Tensor): Tensor => links[link](output)

/** Every parameter as a tensor of its own shape, in layout order. */
export const parameterTensors = (network: ResolvedNetwork, graph: Graph): Tensor[] =>
  network.layout.parameters.map(({ shape, offset }) => state(graph, PARAMETERS, shape, offset))
