import { LabError } from '../errors/lab-error'
import { sizeOf, type Shape } from '../graph/shape'
import type { NamedArray } from './export'

/** Float32 numbers as little-endian bytes on every machine. */
export function floatsToBytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => view.setFloat32(i * 4, value, true))
  return bytes
}

export function bytesToFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true))
}

/** The page for a file that is not what its format says. */
export const damaged = (expected: string, came: string): LabError =>
  new LabError({
    code: 'file-damaged',
    expected,
    came,
    advice: 'The file was cut short or changed; export it again.',
  })

/** An array whose numbers fill its shape. @throws LabError `file-damaged` when they do not. */
export function namedArray(name: string, shape: Shape, values: Float32Array): NamedArray {
  if (values.length === sizeOf(shape)) return { name, shape, values }
  throw damaged(`${sizeOf(shape)} numbers in "${name}" [${shape.join(', ')}]`, `${values.length}`)
}
