import { elementwise } from './elementwise'
import type { Lowering } from './lowering'
import { products } from './products'
import { reductions } from './reductions'
import { shapes } from './shapes'

/**
 * How ops become nodes of ONNX; a new op is one line in one of these. What is not here runs on the WebAssembly kernels:
 * random numbers, and windows and rows, which ONNX lays out another way or indexes by other types.
 */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...elementwise,
  ...products,
  ...reductions,
  ...shapes,
}
