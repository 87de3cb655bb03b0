import type { Attributes, WindowAttributes } from '../../graph/op'
import type { Shape } from '../../graph/shape'
import type { Kernel } from './kernels'

/** Calls `visit` for every number of every window that lies in the image, window by window, row by row. */
function eachPlace(
  image: Shape,
  count: Shape,
  attributes: Attributes,
  visit: (window: number, tap: number, pixel: number) => void,
): void {
  const { kernel, stride, dilation, before } = attributes as unknown as WindowAttributes
  const [n, height, width] = image as [number, number, number]
  const [, rows, columns] = count as [number, number, number]
  for (let window = 0; window < n * rows * columns; window++) {
    const top = (Math.floor(window / columns) % rows) * stride[0] - before[0]
    const left = (window % columns) * stride[1] - before[1]
    const first = Math.floor(window / (rows * columns)) * height
    for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
      const y = top + Math.floor(tap / kernel[1]) * dilation[0]
      const x = left + (tap % kernel[1]) * dilation[1]
      if (y >= 0 && y < height && x >= 0 && x < width) visit(window, tap, (first + y) * width + x)
    }
  }
}

const taps = ({ shape }: { shape: Shape }): number => shape[3]! * shape[4]!

const patches: Kernel = ([x], y, attributes) => {
  const c = x!.shape[3]!
  y.values.fill(0)
  eachPlace(x!.shape, y.shape, attributes, (window, tap, pixel) => {
    for (let i = 0; i < c; i++) y.values[(window * taps(y) + tap) * c + i] = x!.values[pixel * c + i]!
  })
}

const foldPatches: Kernel = ([x], y, attributes) => {
  const c = y.shape[3]!
  y.values.fill(0)
  eachPlace(y.shape, x!.shape, attributes, (window, tap, pixel) => {
    for (let i = 0; i < c; i++) y.values[pixel * c + i]! += x!.values[(window * taps(x!) + tap) * c + i]!
  })
}

/** The element of x that is largest in each window and channel: the first of equals, and NaN before all. */
function largest(x: Parameters<Kernel>[1], count: Shape, attributes: Attributes): Int32Array {
  const c = x.shape[3]!
  const chosen = new Int32Array(count[0]! * count[1]! * count[2]! * c).fill(-1)
  eachPlace(x.shape, count, attributes, (window, _tap, pixel) => {
    for (let i = 0; i < c; i++) {
      const best = chosen[window * c + i]!
      const value = x.values[pixel * c + i]!
      if (best < 0 || value > x.values[best]! || Number.isNaN(value)) chosen[window * c + i] = pixel * c + i
    }
  })
  return chosen
}

const pickLargest: Kernel = ([x, z], y, attributes) =>
  largest(x!, y.shape, attributes).forEach((at, i) => (y.values[i] = at < 0 ? 0 : z!.values[at]!))

const placeLargest: Kernel = ([x, y], z, attributes) => {
  z.values.fill(0)
  largest(x!, y!.shape, attributes).forEach((at, i) => {
    if (at >= 0) z.values[at]! += y!.values[i]!
  })
}

export const windowKernels = { patches, foldPatches, pickLargest, placeLargest }
