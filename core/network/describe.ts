import { LabError, type HelpPage } from '../errors/lab-error'
import { sizeOf, type Shape } from '../graph/shape'
import { layers as layerKinds } from '../layers/registry'
import { resolveLoss } from './loss'
import { resolveLayer, type NetworkDefinition, type ResolvedLayer } from './resolve'

/** What a person is shown of one layer. */
export interface LayerReport {
  /** `3 · Dense` */
  readonly name: string
  readonly type: string
  /** Without the batch axis; null below a layer that does not fit. */
  readonly outputShape: Shape | null
  /** Those of the layers inside it included. */
  readonly parameters: number
  /** The layers of each branch of a block that fits. */
  readonly branches?: readonly (readonly LayerReport[])[]
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
    return reportOf(resolveLayer(definition, index, shape), index)
  } catch (error) {
    return { ...report, problem: toPage(error) }
  }
}

function reportOf({ kind, output, branches, parameters }: ResolvedLayer, index: number): LayerReport {
  const inner = branches.map((branch) => branch.map(reportOf))
  const own = parameters.reduce((total, spec) => total + sizeOf(spec.shape), 0)
  return {
    name: `${index + 1} · ${kind.label}`,
    type: kind.type,
    outputShape: output,
    parameters: inner.flat().reduce((total, layer) => total + layer.parameters, own),
    ...(inner.length > 0 && { branches: inner }),
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
