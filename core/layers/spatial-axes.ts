import { LabError } from '../errors/lab-error'
import type { Shape } from '../graph/shape'

/** Channels of an input of any spatial rank. @throws LabError `layer-input` for a plain list, which has no neighbours. */
export function channelsOf(input: Shape, instead: string): number {
  if (input.length >= 2) return input.at(-1)!
  throw new LabError({
    code: 'layer-input',
    expected: 'a sequence [length, channels] or an image [height, width, channels]',
    came: `[${input.join(', ')}]`,
    advice: instead,
  })
}

/** The axes between batch and channels. */
export const spatialAxes = (shape: Shape): number[] => shape.slice(1, -1).map((_, axis) => axis + 1)
