import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, concat, reshape, slice, transpose } from '../graph/ops'
import type { Shape } from '../graph/shape'
import { initializerField } from './affine'
import { sequenceOf } from './last-axis'
import type { BuildContext, ParameterSpec } from './layer'
import { project } from './project'

/** Settings of all recurrent layers. */
export const recurrentFields = () => ({
  units: z.int().min(1).max(4096).default(16).meta({
    label: 'Units',
    help: 'How many numbers the layer remembers from step to step.',
  }),
  output: z.enum(['last', 'all']).default('last').meta({
    label: 'Output',
    help: 'What it gives: its memory after the last step, or after each step, for another recurrent layer or attention.',
  }),
  bidirectional: z.boolean().default(false).meta({
    label: 'Bidirectional',
    help: 'Also reads the sequence from its end, with weights of its own, and gives both memories side by side.',
  }),
  initializer: initializerField(),
  recurrentInitializer: initializerField(
    'orthogonal',
    'Recurrent initializer',
    'How the weights from one step’s memory to the next are drawn. Orthogonal ones neither grow nor shrink it, however many steps there are.',
  ),
})

interface RecurrentConfig extends Record<string, unknown> {
  units: number
  output: 'last' | 'all'
  bidirectional: boolean
  initializer: string
  recurrentInitializer: string
}

/** What a layer carries from step to step; `hidden` [batch, units] is also its output. */
export interface Memory {
  readonly hidden: Tensor
  readonly cell?: Tensor
}

/** The weights of one direction. */
export interface Recurrence {
  readonly recurrentWeights: Tensor
  readonly recurrentBias: Tensor
}

/** What sets one recurrent layer apart from the others. */
export interface Cell<C> {
  /** Blocks of `units` columns that the weights have: one for each gate. */
  readonly gates: number
  /** True where the recurrent bias is simply added to the input's. */
  readonly addsBias: boolean
  /** The gate whose bias starts at 1 instead of 0. */
  readonly openGate?: number
  /** One step: `driven` [batch, gates * units] comes from the input; there is no memory before the first step. */
  step(config: C, driven: Tensor, before: Memory | undefined, recurrence: Recurrence): Memory
}

/** Columns of gate `index`: [batch, gates * units] -> [batch, units]. */
export function gate(x: Tensor, index: number, units: number): Tensor {
  return slice(x, [0, index * units], [x.shape[0]!, units])
}

/** Suffixes of the parameters' names, as PyTorch has them. */
const directionsOf = ({ bidirectional }: RecurrentConfig): string[] =>
  bidirectional ? ['', 'Reverse'] : ['']

export function recurrentShape(config: RecurrentConfig, input: Shape): Shape {
  const { steps } = sequenceOf(input)
  const width = config.units * directionsOf(config).length
  return config.output === 'last' ? [width] : [steps, width]
}

/**
 * Four arrays a direction; gates lie side by side in the columns. They start as Keras's do, whose fans count the columns of
 * all gates, and whose recurrent weights are orthogonal as one matrix [units, gates * units].
 */
export function recurrentParameters<C>(
  { gates, openGate }: Pick<Cell<C>, 'gates' | 'openGate'>,
  config: RecurrentConfig,
  input: Shape,
): ParameterSpec[] {
  const { features } = sequenceOf(input)
  const { units, initializer, recurrentInitializer } = config
  const width = gates * units
  const fan = { fanIn: features, fanOut: width }
  const inner = { fanIn: units, fanOut: width }
  const biases = Array.from({ length: width }, (_, at) => Number(Math.floor(at / units) === openGate))
  return directionsOf(config).flatMap((suffix): ParameterSpec[] => [
    { name: `inputWeights${suffix}`, shape: [features, width], initializer, ...fan, unitAxis: 1 },
    {
      name: `recurrentWeights${suffix}`,
      shape: [units, width],
      initializer: recurrentInitializer,
      ...inner,
      unitAxis: 1,
    },
    { name: `inputBias${suffix}`, shape: [width], initializer: biases, ...fan },
    { name: `recurrentBias${suffix}`, shape: [width], initializer: 'zeros', ...inner },
  ])
}

/** [batch, steps, features] -> [batch, units * directions], or [batch, steps, units * directions] */
export function recurrent<C extends RecurrentConfig>(cell: Cell<C>, context: BuildContext<C>): Tensor {
  const { config } = context
  const directions = directionsOf(config).map((suffix) => unroll(cell, context, suffix))
  if (config.output === 'last') {
    const last = directions.map((memories, i) => (i === 0 ? memories.at(-1)! : memories[0]!))
    return concat(last, 1)
  }
  const [batch, steps] = context.input.shape as [number, number]
  const sequences = directions.map((memories) => reshape(concat(memories, 0), [steps, batch, config.units]))
  return transpose(concat(sequences, 2), [1, 0, 2])
}

/**
 * The hidden state after each step, by its place in time. Time comes first inside, so that each step is a window of one
 * product over the whole sequence and costs no copy.
 */
function unroll<C extends RecurrentConfig>(
  cell: Cell<C>,
  { config, input, parameter }: BuildContext<C>,
  suffix: string,
): Tensor[] {
  const [batch, steps, features] = input.shape as [number, number, number]
  const [recurrentWeights, inputBias, recurrentBias] = ['recurrentWeights', 'inputBias', 'recurrentBias'].map(
    (name) => parameter(name + suffix),
  ) as [Tensor, Tensor, Tensor]
  const rows = reshape(transpose(input, [1, 0, 2]), [steps * batch, features])
  const bias = cell.addsBias ? add(inputBias, recurrentBias) : inputBias
  const driven = project(rows, parameter(`inputWeights${suffix}`), bias)
  const found = new Array<Tensor>(steps)
  let memory: Memory | undefined
  for (let i = 0; i < steps; i++) {
    const time = suffix ? steps - 1 - i : i
    const window = slice(driven, [time * batch, 0], [batch, driven.shape[1]!])
    memory = cell.step(config, window, memory, { recurrentWeights, recurrentBias })
    found[time] = memory.hidden
  }
  return found
}
