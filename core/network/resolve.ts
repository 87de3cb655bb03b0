import type { Config } from '../catalog/kind'
import type { TargetDescription } from '../data/prepared'
import { outputUnits } from '../data/target-parts'
import { LabError } from '../errors/lab-error'
import type { LayerEntry } from '../experiment/schema'
import type { Shape } from '../graph/shape'
import type { LayerKind, ParameterSpec, StatisticSpec } from '../layers/layer'
import { layers as layerKinds } from '../layers/registry'
import type { LossKind } from '../losses/loss'
import { resolveLoss } from './loss'
import { branchWords, layerWords } from './layer-places'
import { layOut, layOutStatistics, type ParameterLayout, type StatisticLayout } from './parameters'

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
  /**
   * `1.dense`: the place in the stack from 1, and the type; parameters are named `1.dense.weights`. Inside blocks the
   * block's name comes before it: `2.residual.1.dense`.
   */
  readonly name: string
  readonly kind: LayerKind
  readonly config: Config
  readonly input: Shape
  readonly output: Shape
  readonly parameters: readonly ParameterSpec[]
  readonly statistics: readonly StatisticSpec[]
  /** The stacks inside a block. */
  readonly branches: readonly (readonly ResolvedLayer[])[]
}

export interface ResolvedNetwork {
  readonly inputs: number
  readonly target: TargetDescription
  readonly layers: readonly ResolvedLayer[]
  readonly loss: { readonly kind: LossKind; readonly config: Config }
  readonly layout: ParameterLayout
  readonly statistics: StatisticLayout
}

/** A layer as far as it can be resolved, and the layers inside it as far as they can. */
export interface LayerAttempt {
  readonly type: string
  /** Nothing where it, or something inside it or before it, does not fit. */
  readonly layer?: ResolvedLayer
  /** Its own problem, not one of a layer inside it. */
  readonly problem?: LabError
  readonly branches: readonly (readonly LayerAttempt[])[]
}

/** The first problem of some layers, those inside blocks included. */
const firstProblem = (attempts: readonly LayerAttempt[]): LabError | undefined =>
  attempts.flatMap(problemsOf)[0]

/** All problems of a layer and of what is inside it. */
export const problemsOf = ({ problem, branches }: LayerAttempt): LabError[] => [
  ...(problem ? [problem] : []),
  ...branches.flat().flatMap(problemsOf),
]

/** @throws LabError of the first layer that does not fit, or of a loss that does not fit the target. */
export function resolveNetwork(definition: NetworkDefinition): ResolvedNetwork {
  const { inputs, target } = definition
  const layers = resolvedOf(attemptNetwork(definition))
  const loss = resolveLoss(definition.loss, target)
  return { inputs, target, layers, loss, layout: layOut(layers), statistics: layOutStatistics(layers) }
}

/** Every layer as far as it can be resolved. Never throws for a wrong stack. */
export const attemptNetwork = (definition: NetworkDefinition): LayerAttempt[] =>
  attemptStack(wholeStack(definition), [definition.inputs])

/** One layer on an input of `shape`. @throws LabError with the layer's place. */
export const resolveLayer = (definition: NetworkDefinition, index: number, shape: Shape): ResolvedLayer =>
  resolvedOf([attemptEntry(wholeStack(definition), index, shape)])[0]!

/** @throws LabError of the first problem */
function resolvedOf(attempts: readonly LayerAttempt[]): ResolvedLayer[] {
  const problem = firstProblem(attempts)
  if (problem) throw problem
  return attempts.map(({ layer }) => layer!)
}

/** A list of layers and what comes before their names: the whole network, or a branch of a block. */
interface Stack {
  readonly layers: readonly LayerEntry[]
  /** `network`, `network.2.layers` */
  readonly path: string
  /** In names of parameters: empty, or `3.residual.` */
  readonly prefix: string
  /** In words for people: empty, or `3 · Residual › ` */
  readonly words: string
  readonly target: TargetDescription
  /** Only the outermost stack ends with the output layer. */
  readonly outermost: boolean
}

const wholeStack = ({ layers, target }: NetworkDefinition): Stack => ({
  layers,
  path: 'network',
  prefix: '',
  words: '',
  target,
  outermost: true,
})

/** What comes after a layer that does not fit has no input, and is not tried. */
function attemptStack(stack: Stack, input: Shape): LayerAttempt[] {
  let shape: Shape | undefined = input
  return stack.layers.map((entry, index) => {
    if (!shape) return { type: typeOf(entry), branches: [] }
    const attempt = attemptEntry(stack, index, shape)
    shape = attempt.layer?.output
    return attempt
  })
}

/** Entries come from files, and may be anything. */
const typeOf = (entry: unknown): string => String((entry as LayerEntry | null)?.type)

function attemptEntry(stack: Stack, index: number, input: Shape): LayerAttempt {
  const type = typeOf(stack.layers[index])
  const path = `${stack.path}.${index}`
  const words = layerWords(stack.words, index, stack.layers[index])
  const name = `${stack.prefix}${index + 1}.${type}`
  let branches: readonly (readonly LayerAttempt[])[] = []
  try {
    const { kind, config } = configured(stack, index)
    branches = attemptBranches({ ...stack, path, prefix: name, words }, kind, config, input)
    if (firstProblem(branches.flat())) return { type, branches }
    const outputs = branches.map((branch) => branch.at(-1)?.layer?.output ?? input)
    const layer: ResolvedLayer = {
      ...{ name, kind, config, input, branches: branches.map(resolvedOf) },
      output: kind.outputShape(config, input, outputs),
      parameters: kind.parameters(config, input, outputs),
      statistics: kind.statistics?.(config, input) ?? [],
    }
    return { type, layer, branches }
  } catch (error) {
    if (error instanceof LabError) return { type, problem: error.at({ path, layer: words }), branches }
    throw error
  }
}

/** A layer's kind, and its settings with their defaults. @throws LabError for wrong settings, or an output out of place */
function configured(stack: Stack, index: number): { kind: LayerKind; config: Config } {
  const { type, ...settings } = layerKinds.parse(stack.layers[index], `${stack.path}.${index}`)
  checkOutputPlace(stack, index)
  const config = type === 'output' ? { ...settings, units: outputUnits(stack.target) } : settings
  return { kind: layerKinds.get(type), config }
}

/** `block` is the stack's place with the block's own path, name and words. */
function attemptBranches(block: Stack, kind: LayerKind, config: Config, input: Shape): LayerAttempt[][] {
  const branches = kind.branches?.(config) ?? []
  return branches.map(({ path, name, layers }) => {
    const prefix = name ? `${block.prefix}.${name}.` : `${block.prefix}.`
    const words = branchWords(block.words, name)
    const place = { path: `${block.path}.${path}`, prefix, words, outermost: false }
    return attemptStack({ ...block, ...place, layers }, input)
  })
}

function checkOutputPlace({ layers, path, words, outermost }: Stack, index: number): void {
  const isLast = outermost && index === layers.length - 1
  const { type } = layers[index]!
  if ((type === 'output') === isLast) return
  throw new LabError({
    code: 'output-place',
    expected: 'one output layer, at the end of the stack',
    came: isLast ? `a stack that ends with ${type}` : cameWith(outermost, index, layers.length),
    advice: isLast ? 'Add { "type": "output" } as the last layer.' : 'Move the output layer to the end.',
    place: { path: `${path}.${index}`, layer: `${words}${index + 1} · ${type}` },
  })
}

const cameWith = (outermost: boolean, index: number, length: number): string =>
  outermost ? `an output layer in place ${index + 1} of ${length}` : 'an output layer inside a block'
