import type { Region } from '../../../graph/op'
import type { KernelCall } from '../../../graph/plan'
import { sizeOf } from '../../../graph/shape'
import type { Invocation } from '../invocation'
import { callFlops } from '../../../graph/cost'
import { convolveTaps } from './convolutions'
import { lowerings } from './kinds'
import type { Placement } from './lowering'
import { multiplyAdds, productPart, productPieces } from './products'

/** How a call can be shared out: each part makes some of the output, every number as the whole call would. */
export interface Splitting {
  /** About how many nanoseconds one thread takes; only for telling large calls from small ones. */
  cost(call: KernelCall): number
  /** Into how many pieces it can be cut; parts take neighbouring ones. */
  pieces(call: KernelCall): number
  /** The part that makes pieces `from` to `end`. */
  part(call: KernelCall, place: Placement, from: number, end: number): Invocation[]
}

/** Rows `from` to `end` along the first axis. */
function rowsOf({ buffer, offset, shape }: Region, from: number, end: number): Region {
  const row = sizeOf(shape.slice(1))
  return { buffer, offset: offset + from * row, shape: [end - from, ...shape.slice(1)] }
}

/** Ops of which every row along the output's first axis comes from the same row of the inputs named. */
const byRows = (inputs: readonly boolean[], nanoseconds: number): Splitting => ({
  cost: (call) => nanoseconds * largest(call),
  pieces: ({ output }) => output.shape[0] ?? 1,
  part: (call, place, from, end) => {
    const part = {
      ...call,
      inputs: call.inputs.map((region, i) => (inputs[i] ? rowsOf(region, from, end) : region)),
      output: rowsOf(call.output, from, end),
    }
    return lowerings[call.op]!(part, place)
  },
})

const imageOf = ({ op, inputs, output }: KernelCall): Region => (op === 'convolveInput' ? output : inputs[0]!)

/** Two operations a multiply-add. */
function convolutionCost(call: KernelCall): number {
  return callFlops(call) / 36
}

const largest = ({ inputs, output }: KernelCall): number =>
  Math.max(...[...inputs, output].map(({ shape }) => sizeOf(shape)))

/** A reduction that keeps the first axis is one of rows; over the first axis alone, one of columns. */
const reduction: Splitting = {
  cost: (call) => 0.3 * largest(call),
  pieces: (call) => (keepsRows(call) ? call.output.shape[0]! : 1),
  part: byRows([true], 0).part,
}

const keepsRows = ({ attributes }: KernelCall): boolean =>
  !(attributes['axes'] as readonly number[]).includes(0)

const product: Splitting = {
  cost: (call) => multiplyAdds(call) / 18,
  pieces: productPieces,
  part: productPart,
}

const windowsFirst = byRows([true], 1)

/** Rows of the spread-out windows go with their images. */
const byImages: Splitting = {
  cost: convolutionCost,
  pieces: (call) => imageOf(call).shape[0]!,
  part: (call, place, from, end) => {
    const images = imageOf(call).shape[0]!
    const cut = (region: Region): Region => {
      const windows = region.shape[0]! / images
      return rowsOf(region, from * windows, end * windows)
    }
    const [first, ...others] = call.inputs
    const part = { ...call, inputs: [cut(first!), ...others], output: cut(call.output) }
    return lowerings[call.op]!(part, place)
  },
}

/** Calls of these ops are shared out when they are large; a new op is one line. */
export const splittings: Readonly<Record<string, Splitting>> = {
  matmul: product,
  dense: product,
  sum: reduction,
  max: reduction,
  gather: byRows([false, true], 0.3),
  patches: windowsFirst,
  foldPatches: windowsFirst,
  pickLargest: byRows([true, true], 1),
  placeLargest: byRows([true, true], 1),
  convolve: byImages,
  convolveInput: byImages,
  convolveWeights: {
    cost: convolutionCost,
    pieces: ({ output }) => Math.ceil(output.shape[0]! / 2),
    part: (call, place, from, end) =>
      convolveTaps(call, place, 2 * from, Math.min(2 * end, call.output.shape[0]!)),
  },
}
