import { LabError } from '../errors/lab-error'
import type { Shape } from '../graph/shape'

/** Size of the last axis: features of a row, channels of a sequence or an image. @throws LabError where there is none. */
export function lastAxisOf(input: Shape): number {
  const size = input.at(-1)
  if (size !== undefined) return size
  throw new LabError({
    code: 'layer-input',
    expected: 'an input with at least one axis, such as [8]',
    came: 'a single number',
    advice: 'Give the network at least one feature column.',
  })
}

/** Steps and features of a sequence. @throws LabError `layer-input` for any other shape. */
export function sequenceOf(input: Shape): { steps: number; features: number } {
  const [steps, features] = input
  if (input.length === 2 && steps !== undefined && features !== undefined) return { steps, features }
  throw new LabError({
    code: 'layer-input',
    expected: 'a sequence [steps, features], such as [20, 3]',
    came: `[${input.join(', ')}]`,
    advice: `Put a reshape layer before it, such as { "type": "reshape", "shape": [${input.reduce((a, b) => a * b, 1)}, 1] }.`,
  })
}
