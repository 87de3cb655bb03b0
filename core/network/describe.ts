import type { HelpPage } from '../errors/lab-error'
import { pageOf } from '../errors/page-of'
import { sizeOf, type Shape } from '../graph/shape'
import { layers as layerKinds } from '../layers/registry'
import { resolveLoss } from './loss'
import { attemptNetwork, problemsOf, type LayerAttempt, type NetworkDefinition } from './resolve'

/** What a person is shown of one layer. */
export interface LayerReport {
  /** `3 · Dense` */
  readonly name: string
  readonly type: string
  /** Without the batch axis; null below a layer that does not fit. */
  readonly outputShape: Shape | null
  /** Those of the layers inside it included. */
  readonly parameters: number
  /** The layers of each branch of a block, as far as their shapes are known. */
  readonly branches?: readonly (readonly LayerReport[])[]
  /** Its own problem; that of a layer inside it is told there. */
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
  const attempts = attemptNetwork(definition)
  const layers = attempts.map(reportOf)
  const problems = attempts.flatMap(problemsOf).map((problem) => problem.toPage())
  const lossProblem = pageOf(() => resolveLoss(definition.loss, definition.target))
  return {
    layers,
    parameters: layers.reduce((total, layer) => total + layer.parameters, 0),
    problems: lossProblem ? [...problems, lossProblem] : problems,
  }
}

function reportOf({ type, layer, problem, branches }: LayerAttempt, index: number): LayerReport {
  const inner = branches.map((branch) => branch.map(reportOf))
  const label = layerKinds.has(type) ? layerKinds.get(type).label : type
  const own = layer?.parameters.reduce((total, spec) => total + sizeOf(spec.shape), 0) ?? 0
  return {
    name: `${index + 1} · ${label}`,
    type,
    outputShape: layer?.output ?? null,
    parameters: inner.flat().reduce((total, { parameters }) => total + parameters, own),
    ...(inner.length > 0 && { branches: inner }),
    ...(problem && { problem: problem.toPage() }),
  }
}
