import { LabError } from '../errors/lab-error'
import type { Pair, WindowAttributes } from '../graph/op'
import type { SpatialRank } from './images'

/** A setting of one whole number for every axis, or one for each. */
export type PerAxis = number | readonly number[]

/** As (vertical, horizontal); a sequence has no vertical. */
export function pairOf(value: PerAxis, rank: SpatialRank): Pair {
  const [first = 1, second = first] = typeof value === 'number' ? [value] : value
  return rank === 1 ? [1, first] : [first, second]
}

/**
 * Where the edges are: `valid` keeps every window inside; `same` lets windows reach beyond, so that there are
 * ceil(size / stride), the odd row or column of padding at the bottom and right, as Keras and TensorFlow have it.
 */
export type Padding = 'valid' | 'same'

export interface WindowSettings {
  readonly kernel: Pair
  readonly stride: Pair
  readonly dilation: Pair
  readonly padding: Padding
}

export interface PlacedWindows extends WindowAttributes {
  /** Rows and columns of windows. */
  readonly count: Pair
}

/** What a window covers along one axis, gaps included. */
export const spanOf = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1

/** Lays windows over an image of `size`. @throws LabError `layer-window` when a window is larger than the image. */
export function placeWindows(size: Pair, { padding, ...settings }: WindowSettings): PlacedWindows {
  const axes = ([0, 1] as const).map((axis) => {
    const span = spanOf(settings.kernel[axis], settings.dilation[axis])
    return placeAlong(axis, size[axis], span, settings.stride[axis], padding)
  })
  const [vertical, horizontal] = axes as [Along, Along]
  return {
    ...settings,
    count: [vertical.count, horizontal.count],
    before: [vertical.before, horizontal.before],
  }
}

interface Along {
  readonly count: number
  readonly before: number
}

function placeAlong(axis: 0 | 1, size: number, span: number, stride: number, padding: Padding): Along {
  if (padding === 'valid') {
    if (span > size) refuseSpan(axis, size, span)
    return { count: Math.floor((size - span) / stride) + 1, before: 0 }
  }
  const count = Math.ceil(size / stride)
  return { count, before: Math.floor(Math.max((count - 1) * stride + span - size, 0) / 2) }
}

function refuseSpan(axis: 0 | 1, size: number, span: number): never {
  const direction = axis === 0 ? 'high' : 'wide'
  throw new LabError({
    code: 'layer-window',
    expected: `a window that fits the input, which is ${size} ${direction}`,
    came: `one that covers ${span}`,
    advice: 'Make the window or its dilation smaller, take padding "same", or pool less before this layer.',
  })
}

/** Of each window along one axis, how many of its numbers lie in the image. */
export function coverage(axis: 0 | 1, size: number, windows: PlacedWindows): number[] {
  const { kernel, stride, dilation, before, count } = windows
  return Array.from({ length: count[axis] }, (_, i) => {
    const start = i * stride[axis] - before[axis]
    const places = Array.from({ length: kernel[axis] }, (_, k) => start + k * dilation[axis])
    return places.filter((place) => place >= 0 && place < size).length
  })
}
