import { LabError, type HelpPage } from '../errors/lab-error'
import { sizeOf, type Shape } from '../graph/shape'
import { layers as layerKinds } from '../layers/registry'
import { resolveLoss } from './loss'
import { resolveLayer, type NetworkDefinition } from './resolve'

/** What a person is shown of one layer. */
export interface LayerReport {
  /** `3 · Dense` */
  readonly name: string
  readonly type: string
  /** Without the batch axis; null below a layer that does not fit. */
  readonly outputShape: Shape | null
  readonly parameters: number
  readonly problem?: HelpPage
}

export interface NetworkReport {
  readonly layers: readonly LayerReport[]
  readonly parameters: number
  /** Problems of the layers and of the loss; training can start when there is none. */
  readonly problems: readonly HelpPage[]
}

/** Shapes, parameter counts and everything that is wrong, layer by layer. Never throws for a wrong stack. */
export function describeNetwork(definition: NetworkDefinition): NetworkReport {
  let shape: Shape | null = [definition.inputs]
  const layers = definition.layers.map((_, index) => {
    const report = describeLayer(definition, index, shape)
    shape = report.outputShape
    return report
  })
  const problems = layers.flatMap((layer) => layer.problem ?? [])
  const lossProblem = pageOf(() => resolveLoss(definition.loss, definition.target))
  return {
    layers,
    parameters: layers.reduce((total, layer) => total + layer.parameters, 0),
    problems: lossProblem ? [...problems, lossProblem] : problems,
  }
}

function describeLayer(definition: NetworkDefinition, index: number, shape: Shape | null): LayerReport {
  const { type } = definition.layers[index]!
  const label = layerKinds.has(type) ? layerKinds.get(type).label : type
  const report = { name: `${index + 1} · ${label}`, type, outputShape: null, parameters: 0 }
  if (!shape) return report
  try {
    const layer = resolveLayer(definition, index, shape)
    const parameters = layer.parameters.reduce((total, spec) => total + sizeOf(spec.shape), 0)
    return { ...report, outputShape: layer.output, parameters }
  } catch (error) {
    return { ...report, problem: toPage(error) }
  }
}

function pageOf(check: () => unknown): HelpPage | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return toPage(error)
  }
}

function toPage(error: unknown): HelpPage {
  if (error instanceof LabError) return error.toPage()
  throw error
}
