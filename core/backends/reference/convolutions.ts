import { sizeOf } from '../../graph/shape'
import type { Kernel, View } from './kernels'

/** Kernels by name, as far as convolutions are made of them. */
type Parts = Readonly<Record<'matmul' | 'dense' | 'patches' | 'foldPatches', Kernel>>

const empty = (shape: readonly number[]): View => ({ values: new Float64Array(sizeOf(shape)), shape })

/** The same numbers as a matrix with a row for each window. */
const asMatrix = ({ values, shape }: View): View => ({
  values,
  shape: [sizeOf(shape.slice(0, 3)), sizeOf(shape.slice(3))],
})

/** Convolutions as what they stand for: products with windows that are spread out in full. */
export function convolutionKernels({ matmul, dense, patches, foldPatches }: Parts) {
  const shapeOf = (image: View, { count, kernel }: Readonly<Record<string, unknown>>): number[] => [
    image.shape[0]!,
    ...(count as number[]),
    ...(kernel as number[]),
    image.shape[3]!,
  ]
  const spread: (...args: Parameters<Kernel>) => View = ([x], _, attributes, seed) => {
    const windows = empty(shapeOf(x!, attributes))
    patches([x!], windows, attributes, seed)
    return asMatrix(windows)
  }
  const convolve: Kernel = (inputs, y, attributes, seed) => {
    const [, weights, bias] = inputs
    const matrix = spread(inputs, y, attributes, seed)
    if (bias) dense([matrix, weights!, bias], y, { activation: 'none', ...attributes }, seed)
    else matmul([matrix, weights!], y, {}, seed)
  }
  const convolveWeights: Kernel = (inputs, y, attributes, seed) =>
    matmul([spread(inputs, y, attributes, seed), inputs[1]!], y, { transposeA: true }, seed)
  const convolveInput: Kernel = ([y, weights], x, attributes, seed) => {
    const windows = empty(shapeOf(x, attributes))
    matmul([y!, weights!], asMatrix(windows), { transposeB: true }, seed)
    foldPatches([windows], x, attributes, seed)
  }
  return { convolve, convolveWeights, convolveInput }
}
