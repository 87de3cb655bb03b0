import type { Region } from '../../../graph/op'
import type { CountedWindows, KernelCall } from '../../../graph/plan'
import { invoke, type Invocation } from '../invocation'
import { coveringOf, tapsOf } from './covering'
import type { Lowering, Placement } from './lowering'
import { activationOf } from './products'

/** Numbers of spread-out windows at a time: what the first cache holds beside the weights, and what the second does. */
const FEW = 6 * 1024
const MANY = 18 * 1024

const TILE = 128
const PANEL = 16

/** Columns of whole panels. */
const inPanels = (columns: number): number => Math.ceil(columns / PANEL) * PANEL

/** The kernels' record of a convolution, with room for what they need on the way. */
function record(call: KernelCall, place: Placement, image: Region, filters: number, room: number): number {
  const windows = call.attributes as unknown as CountedWindows
  const taps = tapsOf(windows, image)
  const chunk = Math.max(8, Math.min(128, Math.floor(room / taps / 2) * 2))
  const panels = Math.max(inPanels(filters) * taps, inPanels(taps) * filters)
  const { words, more } = coveringOf(windows, image, place, { spread: chunk, more: [TILE, panels] })
  return place.words([...words, filters, chunk, ...more])
}

const convolve: Lowering = (call, place) => {
  const [x, weights, bias] = call.inputs
  const view = record(call, place, x!, call.output.shape[1]!, FEW)
  const operands = [x!, weights!].map((region) => place.address(region))
  const finish = [bias ? place.address(bias) : 0, activationOf(call)]
  return [invoke('convolve', ...operands, ...finish, place.address(call.output), view)]
}

const convolveInput: Lowering = (call, place) => {
  const addresses = [...call.inputs, call.output].map((region) => place.address(region))
  return [
    invoke('convolveInput', ...addresses, record(call, place, call.output, call.inputs[0]!.shape[1]!, FEW)),
  ]
}

/** The gradients of taps `from` to `end`. */
export function convolveTaps(call: KernelCall, place: Placement, from: number, end: number): Invocation[] {
  const [x, y] = call.inputs as [Region, Region]
  const filters = call.output.shape[1]!
  const view = record(call, place, x, filters, MANY)
  const target = place.address(call.output) + from * filters * 4
  return [invoke('convolveWeights', place.address(x), place.address(y), target, from, end - from, view)]
}

export const convolutions: Readonly<Record<string, Lowering>> = {
  convolve,
  convolveInput,
  convolveWeights: (call, place) => convolveTaps(call, place, 0, call.output.shape[0]!),
}
