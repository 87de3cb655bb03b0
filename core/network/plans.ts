import type { Config } from '../catalog/kind'
import { gradients } from '../graph/autodiff'
import { Graph, type Tensor } from '../graph/graph'
import { concat, input, mean, reshape, state } from '../graph/ops'
import type { Plan } from '../graph/plan'
import { planGraph, type StateUpdate } from '../graph/planner'
import { sizeOf } from '../graph/shape'
import type { OptimizerKind } from '../optimizers/optimizer'
import { applyLink, buildLayers, parameterTensors, PARAMETERS } from './forward'
import { outputUnits, type ResolvedNetwork } from './resolve'

/** A network laid into a graph for batches of one size. */
export interface BuiltNetwork {
  readonly graph: Graph
  /** Output of each layer, [batch, ...]. */
  readonly layers: readonly Tensor[]
  /** After the link: [batch, units]. */
  readonly prediction: Tensor
  /** Loss of each row [batch, 1]. */
  readonly rowLoss: Tensor
  /** Mean over the rows, one number. */
  readonly loss: Tensor
  /** What the layers' statistics become by this step. */
  readonly statistics: readonly StateUpdate[]
}

/** Inputs: `features` [batch, inputs] and `targets` [batch, units]. */
export function buildNetwork(network: ResolvedNetwork, batch: number, training: boolean): BuiltNetwork {
  const graph = new Graph()
  const features = input(graph, 'features', [batch, network.inputs])
  const targets = input(graph, 'targets', [batch, outputUnits(network.target)])
  const statistics: StateUpdate[] = []
  const layers = buildLayers(network, features, training, statistics)
  const output = layers.at(-1) ?? features
  const { kind, config } = network.loss
  return graph.within('loss', () => {
    const rowLoss = kind.build(config, output, targets)
    const prediction = applyLink(kind.link, output)
    return { graph, layers, prediction, rowLoss, loss: mean(rowLoss), statistics }
  })
}

/** The gradient of the mean loss as one flat vector [parameters], in layout order. */
export function flatGradient(network: ResolvedNetwork, { graph, loss }: BuiltNetwork): Tensor {
  const parts = gradients(loss, parameterTensors(network, graph))
  return concat(
    parts.map((part) => reshape(part, [sizeOf(part.shape)])),
    0,
  )
}

export interface OptimizerChoice {
  readonly kind: OptimizerKind
  readonly config: Config
}

/** Name of the plan's input for one of the optimizer's numbers. */
export const scalarInput = (name: string): string => `optimizer.${name}`

/** Name of the buffer of one of the optimizer's state vectors. */
export const slotBuffer = (name: string): string => `optimizer.${name}`

/**
 * One step: forward, backward and update. Outputs `loss` (mean over the batch, before the update) and `prediction`
 * [batch, units]; further inputs are the optimizer's numbers of this step.
 */
export function trainingPlan(network: ResolvedNetwork, optimizer: OptimizerChoice, batch: number): Plan {
  const built = buildNetwork(network, batch, true)
  const { graph, loss, prediction } = built
  const gradient = flatGradient(network, built)
  const size = [network.layout.size]
  const updates = graph.within('optimizer', (): StateUpdate[] => {
    const { kind, config } = optimizer
    const slots = Object.fromEntries(
      kind.slots(config).map((name) => [name, state(graph, slotBuffer(name), size)]),
    )
    const scalars = Object.fromEntries(
      Object.keys(kind.scalars(config, 1, 1)).map((name) => [name, input(graph, scalarInput(name), [1])]),
    )
    const next = kind.update({ config, parameters: state(graph, PARAMETERS, size), gradient, slots, scalars })
    const slotUpdates = Object.entries(next.slots).map(([name, value]) => ({
      buffer: slotBuffer(name),
      offset: 0,
      value,
    }))
    return [...slotUpdates, { buffer: PARAMETERS, offset: 0, value: next.parameters }]
  })
  return planGraph({ graph, outputs: { loss, prediction }, updates: [...updates, ...built.statistics] })
}

/** Evaluation of a batch: outputs `prediction` [batch, units] and `rowLoss` [batch, 1]; dropout is off. */
export function evaluationPlan(network: ResolvedNetwork, batch: number): Plan {
  const { graph, prediction, rowLoss } = buildNetwork(network, batch, false)
  return planGraph({ graph, outputs: { prediction, rowLoss } })
}

/** For looking inside: every layer's output as `layer.0`, `layer.1`, ..., the mean `loss`, and the flat `gradient`. */
export function inspectionPlan(network: ResolvedNetwork, batch: number): Plan {
  const built = buildNetwork(network, batch, true)
  const layers = Object.fromEntries(built.layers.map((tensor, index) => [`layer.${index}`, tensor]))
  return planGraph({
    graph: built.graph,
    outputs: { ...layers, loss: built.loss, gradient: flatGradient(network, built) },
  })
}
