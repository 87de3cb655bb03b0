import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import type { Tensor } from '../graph/graph'
import type { Shape } from '../graph/shape'
import { initializers } from '../initializers/registry'
import type { BuildContext, ParameterSpec } from './layer'
import { project } from './project'

/** The setting that chooses how weights start. */
export const initializerField = (
  fallback = 'glorot-uniform',
  label = 'Initializer',
  help = 'How the weights are drawn before training. Glorot suits tanh and sigmoid, He suits ReLU.',
) =>
  z
    .enum(initializers.list.map((kind) => kind.type))
    .default(fallback)
    .meta({ label, help, advanced: true })

/** Inputs of a layer that takes one axis. @throws LabError `layer-input` for any other shape. */
export function widthOf(input: Shape): number {
  const [width] = input
  if (input.length === 1 && width !== undefined) return width
  throw new LabError({
    code: 'layer-input',
    expected: 'an input with one axis, such as [8]',
    came: `[${input.join(', ')}]`,
    advice: 'Put a flatten or a global pooling layer before it, whose output is a plain list of numbers.',
  })
}

/** `weights` [in, units] and, if wanted, `bias` [units], which starts at 0. */
export function affineParameters(
  input: Shape,
  units: number,
  bias: boolean,
  initializer: string,
): ParameterSpec[] {
  const fan = { fanIn: widthOf(input), fanOut: units }
  const weights = { name: 'weights', shape: [fan.fanIn, units], initializer, ...fan, unitAxis: 1 }
  return bias ? [weights, { name: 'bias', shape: [units], initializer: 'zeros', ...fan }] : [weights]
}

/** [batch, ..., in] -> [batch, ..., units]: x W + b */
export function affine(
  { input, parameter }: Pick<BuildContext<never>, 'input' | 'parameter'>,
  bias: boolean,
): Tensor {
  return project(input, parameter('weights'), bias ? parameter('bias') : undefined)
}
