import type { Config } from '../catalog/kind'
import type { TargetDescription } from '../data/prepared'
import { LabError } from '../errors/lab-error'
import type { LayerEntry } from '../experiment/schema'
import type { Shape } from '../graph/shape'
import type { LayerKind, ParameterSpec } from '../layers/layer'
import { layers as layerKinds } from '../layers/registry'
import type { LossKind } from '../losses/loss'
import { resolveLoss } from './loss'
import { layOut, type ParameterLayout } from './parameters'

/** What decides a network: the experiment's stack, and what the data gives and wants. */
export interface NetworkDefinition {
  readonly layers: readonly LayerEntry[]
  /** Left out: the loss that fits the target. */
  readonly loss?: LayerEntry
  /** Inputs after preprocessing. */
  readonly inputs: number
  readonly target: TargetDescription
}

/** A layer with its settings checked and its shapes known (without the batch axis). */
export interface ResolvedLayer {
  /** `1.dense`: the place in the stack from 1, and the type; parameters are named `1.dense.weights`. */
  readonly name: string
  readonly kind: LayerKind
  readonly config: Config
  readonly input: Shape
  readonly output: Shape
  readonly parameters: readonly ParameterSpec[]
}

export interface ResolvedNetwork {
  readonly inputs: number
  readonly target: TargetDescription
  readonly layers: readonly ResolvedLayer[]
  readonly loss: { readonly kind: LossKind; readonly config: Config }
  readonly layout: ParameterLayout
}

/** Units of the output layer: one for a number or a yes/no, else one for each class. */
export const outputUnits = (target: TargetDescription): number =>
  target.type === 'category' ? target.classes.length : 1

/** @throws LabError of the first layer that does not fit, or of a loss that does not fit the target. */
export function resolveNetwork(definition: NetworkDefinition): ResolvedNetwork {
  const { inputs, target } = definition
  let shape: Shape = [inputs]
  const layers = definition.layers.map((_, index) => {
    const layer = resolveLayer(definition, index, shape)
    shape = layer.output
    return layer
  })
  return { inputs, target, layers, loss: resolveLoss(definition.loss, target), layout: layOut(layers) }
}

/** One layer on an input of `shape`. @throws LabError with the layer's place. */
export function resolveLayer(definition: NetworkDefinition, index: number, shape: Shape): ResolvedLayer {
  const entry = definition.layers[index]!
  const path = `network.${index}`
  const { type, ...settings } = layerKinds.parse(entry, path)
  checkOutputPlace(definition.layers, index)
  const kind = layerKinds.get(type)
  const config = type === 'output' ? { ...settings, units: outputUnits(definition.target) } : settings
  const place = { path, layer: `${index + 1} · ${kind.label}` }
  try {
    const output = kind.outputShape(config, shape)
    const parameters = kind.parameters(config, shape)
    return { name: `${index + 1}.${type}`, kind, config, input: shape, output, parameters }
  } catch (error) {
    throw error instanceof LabError ? error.at(place) : error
  }
}

function checkOutputPlace(layers: readonly LayerEntry[], index: number): void {
  const isLast = index === layers.length - 1
  if ((layers[index]!.type === 'output') === isLast) return
  throw new LabError({
    code: 'output-place',
    expected: 'one output layer, at the end of the stack',
    came: isLast
      ? `a stack that ends with ${layers[index]!.type}`
      : `an output layer in place ${index + 1} of ${layers.length}`,
    advice: isLast ? 'Add { "type": "output" } as the last layer.' : 'Move the output layer to the end.',
    place: { path: `network.${index}`, layer: `${index + 1} · ${layers[index]!.type}` },
  })
}
