import type { Config } from '../catalog/kind'
import { outputUnits } from '../data/target-parts'
import { gradients } from '../graph/autodiff'
import { Graph, type Tensor } from '../graph/graph'
import { add, concat, divide, input, mean, multiply, reshape, state, subtract, sum } from '../graph/ops'
import type { Plan } from '../graph/plan'
import { planGraph, type StateUpdate } from '../graph/planner'
import { sizeOf } from '../graph/shape'
import { isFullBatch, type OptimizerKind, type UpdateOptimizer } from '../optimizers/optimizer'
import { gradientParts, weightParts, type PartSettings } from '../optimizers/parts/parts'
import { applyLink, buildLayers, parameterTensors, PARAMETERS } from './forward'
import type { ResolvedNetwork } from './resolve'

/** A network laid into a graph for batches of one size. */
export interface BuiltNetwork {
  readonly graph: Graph
  /** Output of each layer, [batch, ...]. */
  readonly layers: readonly Tensor[]
  /** After the link: [batch, units]. */
  readonly prediction: Tensor
  /** Loss of each row [batch, 1]. */
  readonly rowLoss: Tensor
  /** Mean over the rows, one number; where they are weighted, Σ w L / Σ w as in PyTorch's weighted cross-entropy. */
  readonly loss: Tensor
  /** What the layers' statistics become by this step. */
  readonly statistics: readonly StateUpdate[]
}

/** Inputs: `features` [batch, inputs], `targets` [batch, units], and where rows are weighted `weights` [batch, 1]. */
export function buildNetwork(
  network: ResolvedNetwork,
  batch: number,
  training: boolean,
  weighted = false,
): BuiltNetwork {
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
    const loss = weighted ? weightedMean(rowLoss, input(graph, 'weights', [batch, 1])) : mean(rowLoss)
    return { graph, layers, prediction, rowLoss, loss, statistics }
  })
}

const weightedMean = (x: Tensor, weights: Tensor): Tensor => divide(sum(multiply(x, weights)), sum(weights))

/** The gradient of the mean loss as one flat vector [parameters], in layout order. */
export function flatGradient(network: ResolvedNetwork, { graph, loss }: BuiltNetwork): Tensor {
  const parts = gradients(loss, parameterTensors(network, graph))
  return concat(
    parts.map((part) => reshape(part, [sizeOf(part.shape)])),
    0,
  )
}

export interface OptimizerChoice<K extends OptimizerKind = OptimizerKind> {
  readonly kind: K
  readonly config: Config
}

/** Name of the plan's input for one of the optimizer's numbers. */
export const scalarInput = (name: string): string => `optimizer.${name}`

/** Name of the buffer of one of the optimizer's state vectors. */
export const slotBuffer = (name: string): string => `optimizer.${name}`

/** What surrounds the optimizer in a training; all left out, the update is the optimizer's alone. */
export interface UpdateSettings extends PartSettings {
  /** Rows count unlike: the plan has an input `weights`. */
  readonly weighted?: boolean
  /** Gradients of several batches make one update: the plan has inputs `accumulate.keep` and `accumulate.share`. */
  readonly accumulates?: boolean
  /** The weights' moving average is kept: the plan has an input `averaging.keep`. */
  readonly averages?: boolean
}

/** Buffers of the gradient so far, and of the weights' moving average. */
export const ACCUMULATED = 'accumulated'
export const AVERAGE = 'average'

/** Names and sizes of the buffers that updates need beside the network's own. */
export function updateBuffers(
  { layout }: ResolvedNetwork,
  { kind, config }: OptimizerChoice,
  { accumulates, averages }: UpdateSettings = {},
): Record<string, number> {
  if (isFullBatch(kind)) return { [ACCUMULATED]: layout.size }
  const names = [
    ...kind.slots(config).map(slotBuffer),
    ...(accumulates ? [ACCUMULATED] : []),
    ...(averages ? [AVERAGE] : []),
  ]
  return Object.fromEntries(names.map((name) => [name, layout.size]))
}

/**
 * One step: forward, backward and update. Outputs `loss` (mean over the batch, before the update) and `prediction`
 * [batch, units]; further inputs are the optimizer's numbers of this step, and what `settings` ask for.
 */
export function trainingPlan(
  network: ResolvedNetwork,
  optimizer: OptimizerChoice<UpdateOptimizer>,
  batch: number,
  settings: UpdateSettings = {},
): Plan {
  const built = buildNetwork(network, batch, true, settings.weighted)
  const { graph, loss, prediction } = built
  const gradient = stepGradient(network, built, settings)
  const updates = graph.within('optimizer', () => parameterUpdates(network, optimizer, gradient, settings))
  return planGraph({ graph, outputs: { loss, prediction }, updates: [...updates, ...built.statistics] })
}

/** One batch of several that make an update: its gradient is added to the ones before. */
export function accumulationPlan(network: ResolvedNetwork, batch: number, settings: UpdateSettings): Plan {
  const built = buildNetwork(network, batch, true, settings.weighted)
  const { graph, loss, prediction } = built
  const update = { buffer: ACCUMULATED, offset: 0, value: stepGradient(network, built, settings) }
  return planGraph({ graph, outputs: { loss, prediction }, updates: [update, ...built.statistics] })
}

/** The batch's gradient; where gradients accumulate, with the ones before: keep · before + share · gradient. */
function stepGradient(
  network: ResolvedNetwork,
  built: BuiltNetwork,
  { accumulates }: UpdateSettings,
): Tensor {
  const gradient = flatGradient(network, built)
  if (!accumulates) return gradient
  const { graph } = built
  const before = multiply(state(graph, ACCUMULATED, gradient.shape), input(graph, 'accumulate.keep', [1]))
  return add(before, multiply(gradient, input(graph, 'accumulate.share', [1])))
}

/** gradient [parameters] -> penalties and clipping -> optimizer -> max-norm -> new parameters, and their average */
function parameterUpdates(
  { layout }: ResolvedNetwork,
  { kind, config }: OptimizerChoice<UpdateOptimizer>,
  raw: Tensor,
  settings: UpdateSettings,
): StateUpdate[] {
  const { graph, shape } = raw
  const slots = Object.fromEntries(
    kind.slots(config).map((name) => [name, state(graph, slotBuffer(name), shape)]),
  )
  const scalars = Object.fromEntries(
    Object.keys(kind.scalars(config, 1, 1)).map((name) => [name, input(graph, scalarInput(name), [1])]),
  )
  const parameters = state(graph, PARAMETERS, shape)
  const context = { layout, parameters }
  const gradient = gradientParts(settings).reduce((vector, part) => part(vector, context), raw)
  const next = kind.update({ config, parameters, gradient, slots, scalars })
  const weights = weightParts(settings).reduce((vector, part) => part(vector, context), next.parameters)
  const updates = Object.entries(next.slots).map(([name, value]) => whole(slotBuffer(name), value))
  return [
    ...updates,
    ...(settings.averages ? [whole(AVERAGE, movingAverage(weights))] : []),
    whole(PARAMETERS, weights),
  ]
}

const whole = (buffer: string, value: Tensor): StateUpdate => ({ buffer, offset: 0, value })

/**
 * keep · average + (1 - keep) · weights; `averaging.keep` is 0 in the first update, so that the average begins with its
 * weights, as PyTorch's AveragedModel does.
 * Source: Polyak and Juditsky, “Acceleration of stochastic approximation by averaging”, 1992, in exponential form.
 */
function movingAverage(weights: Tensor): Tensor {
  const { graph, shape } = weights
  const keep = input(graph, 'averaging.keep', [1])
  return add(multiply(state(graph, AVERAGE, shape), keep), multiply(weights, subtract(1, keep)))
}

/** Evaluation of a batch: outputs `prediction` [batch, units] and `rowLoss` [batch, 1]; dropout is off. */
export function evaluationPlan(network: ResolvedNetwork, batch: number): Plan {
  const { graph, prediction, rowLoss } = buildNetwork(network, batch, false)
  return planGraph({ graph, outputs: { prediction, rowLoss } })
}

/** The mean `loss` of a batch as training sees it, and nothing else. */
export function lossPlan(network: ResolvedNetwork, batch: number, weighted = false): Plan {
  const { graph, loss } = buildNetwork(network, batch, true, weighted)
  return planGraph({ graph, outputs: { loss } })
}

/**
 * How a unit of one row's prediction changes with each parameter: output `slope` [parameters]. Input `unit` [1, units] is 1 at
 * the unit that is meant, and 0 elsewhere.
 */
export function slopePlan(network: ResolvedNetwork): Plan {
  const built = buildNetwork(network, 1, true)
  const unit = input(built.graph, 'unit', [1, outputUnits(network.target)])
  const slope = flatGradient(network, { ...built, loss: sum(multiply(built.prediction, unit)) })
  return planGraph({ graph: built.graph, outputs: { slope } })
}

/**
 * For looking inside: layers' outputs as `layer.0`, `layer.1`, ... (all, or those that are `shown`), the mean `loss`, and the
 * flat `gradient`.
 */
export function inspectionPlan(
  network: ResolvedNetwork,
  batch: number,
  weighted = false,
  shown: readonly number[] = network.layers.map((_, index) => index),
): Plan {
  const built = buildNetwork(network, batch, true, weighted)
  const layers = Object.fromEntries(shown.map((index) => [`layer.${index}`, built.layers[index]!]))
  return planGraph({
    graph: built.graph,
    outputs: { ...layers, loss: built.loss, gradient: flatGradient(network, built) },
  })
}
