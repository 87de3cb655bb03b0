import type { Region, WindowAttributes } from '../../../graph/op'
import type { KernelCall } from '../../../graph/plan'
import { invoke } from '../invocation'
import { coveringOf } from './covering'
import type { Lowering } from './lowering'

/** The kernels' record of how windows lie over an image: n, height, width, c, rows, columns, then pair by pair. */
function wordsOf(call: KernelCall, image: Region, windows: Region): number[] {
  const { kernel, stride, dilation, before } = call.attributes as unknown as WindowAttributes
  const [, rows, columns] = windows.shape as [number, number, number]
  return [...image.shape, rows, columns, ...kernel, ...stride, ...dilation, ...before]
}

/** `image` and `windows` say which of the inputs, or else the output, has the shape of each. */
const overWindows =
  (kernel: string, image: (call: KernelCall) => Region, windows: (call: KernelCall) => Region): Lowering =>
  (call, place) => {
    const addresses = [...call.inputs, call.output].map((region) => place.address(region))
    return [invoke(kernel, ...addresses, place.words(wordsOf(call, image(call), windows(call))))]
  }

const first = (call: KernelCall): Region => call.inputs[0]!
const second = (call: KernelCall): Region => call.inputs[1]!
const output = (call: KernelCall): Region => call.output

/** As `overWindows`, by way of an image in a frame of zeros. */
const overCovered =
  (kernel: string, image: (call: KernelCall) => Region, windows: (call: KernelCall) => Region): Lowering =>
  (call, place) => {
    const [, ...count] = windows(call).shape.slice(0, 3) as [number, number, number]
    const lie = { ...(call.attributes as unknown as WindowAttributes), count }
    const { words } = coveringOf(lie, image(call), place)
    return [invoke(kernel, place.address(call.inputs[0]!), place.address(call.output), place.words(words))]
  }

export const windows: Readonly<Record<string, Lowering>> = {
  patches: overCovered('patches', first, output),
  foldPatches: overCovered('foldPatches', output, first),
  pickLargest: overWindows('pickLargest', first, output),
  placeLargest: overWindows('placeLargest', first, second),
}
