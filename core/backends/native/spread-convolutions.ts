import { roundUp } from '../../graph/arena'
import type { Region } from '../../graph/op'
import type { CountedWindows, KernelCall, Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'

/**
 * Numbers of spread-out windows at a time: three quarters of a megabyte, which second caches hold. For several threads it is
 * more for each, as one that sleeps takes a while to come. Measured.
 */
export const windowsAtATime = (threads: number): number => 192 * 1024 * (threads > 1 ? 4 * threads : 1)

/** Where the windows of one image are more numbers than this, the kernels keep the call: they hold only a few of them. */
const MOST = 16 * 1024 * 1024

/**
 * Convolutions -> spreading windows out, which the WebAssembly kernels do, and products of matrices, which ONNX has. It goes
 * a few images at a time, so that windows are still in the cache when they are multiplied, and take little memory.
 */
export function spreadConvolutions(plan: Plan, atATime = windowsAtATime(1)): Plan {
  const room = { free: plan.arenaSize, atATime }
  const calls = plan.calls.flatMap((call) => spreads[call.op]?.(call, room) ?? [call])
  const ends = calls.map(({ output }) =>
    output.buffer === 'arena' ? output.offset + sizeOf(output.shape) : 0,
  )
  return { ...plan, calls, arenaSize: ends.reduce((most, end) => Math.max(most, end), plan.arenaSize) }
}

/** The arena from `free` on, and how many numbers of windows it may hold at a time; one image's at least. */
interface Room {
  readonly free: number
  readonly atATime: number
}

/** The calls that stand for one. Nothing where they would need too much room. */
type Spread = (call: KernelCall, room: Room) => KernelCall[] | undefined

const convolve: Spread = (call, room) => {
  const [x, weights, ...bias] = call.inputs as [Region, Region, ...Region[]]
  return batchesOf(call, x, room)?.flatMap(({ part, windows, matrix }) => {
    const inputs = [matrix, weights, ...bias]
    const output = part(call.output)
    return [
      spread(call, part(x), windows),
      bias.length > 0 ? { ...call, op: 'dense', inputs, output } : product(call, inputs, output),
    ]
  })
}

const convolveInput: Spread = (call, room) => {
  const [y, weights] = call.inputs as [Region, Region]
  return batchesOf(call, call.output, room)?.flatMap(({ part, windows, matrix }) => [
    product(call, [part(y), weights], matrix, { transposeB: true }),
    { ...call, op: 'foldPatches', inputs: [windows], output: part(call.output) },
  ])
}

const convolveWeights: Spread = (call, room) => {
  const [x, y] = call.inputs as [Region, Region]
  const { output } = call
  const size = roundUp(sizeOf(output.shape))
  const [term, other] = [0, 1].map((i) => ({ ...output, buffer: 'arena', offset: room.free + i * size }))
  const batches = batchesOf(call, x, { ...room, free: room.free + 2 * size }) ?? []
  // Sums go from one place to the other and back, so that none is read where it is written.
  const sums = batches.map((_, i) => ((batches.length - i) % 2 === 1 ? output : other!))
  const calls = batches.flatMap(({ part, windows, matrix }, i): KernelCall[] => {
    const multiplied = product(call, [matrix, part(y)], i === 0 ? sums[0]! : term!, { transposeA: true })
    const added = {
      ...call,
      op: 'add',
      inputs: [sums[i - 1]!, term!],
      output: sums[i]!,
      attributes: {},
    } as const
    return [spread(call, part(x), windows), multiplied, ...(i === 0 ? [] : [added])]
  })
  return batches.length > 0 ? calls : undefined
}

const spreads: Readonly<Record<string, Spread>> = { convolve, convolveInput, convolveWeights }

const spread = (call: KernelCall, image: Region, windows: Region): KernelCall => ({
  ...call,
  op: 'patches',
  inputs: [image],
  output: windows,
})

const product = (
  call: KernelCall,
  inputs: readonly Region[],
  output: Region,
  transposed: { transposeA?: boolean; transposeB?: boolean } = {},
): KernelCall => ({
  ...call,
  op: 'matmul',
  inputs,
  output,
  attributes: { transposeA: false, transposeB: false, ...transposed },
})

/** A few neighbouring images of a call, and the place for their windows. */
interface Batch {
  /** [images, rows, columns, kernelHeight, kernelWidth, c] */
  readonly windows: Region
  /** The same as [images · rows · columns, taps]. */
  readonly matrix: Region
  /** Their part of a region whose first axis goes through all images. */
  part(region: Region): Region
}

function batchesOf(call: KernelCall, image: Region, { free, atATime }: Room): Batch[] | undefined {
  const { kernel, count } = call.attributes as unknown as CountedWindows
  const [images, , , channels] = image.shape as [number, number, number, number]
  const taps = sizeOf(kernel) * channels
  const each = sizeOf(count) * taps
  if (each > MOST) return undefined
  const batches = Math.ceil(images / Math.max(1, Math.floor(atATime / each)))
  const start = (i: number): number => Math.floor((i * images) / batches)
  return Array.from({ length: batches }, (_, i) => {
    const [from, number] = [start(i), start(i + 1) - start(i)]
    const place = { buffer: 'arena', offset: free }
    return {
      windows: { ...place, shape: [number, ...count, ...kernel, channels] },
      matrix: { ...place, shape: [number * sizeOf(count), taps] },
      part: ({ buffer, offset, shape: [rows, ...others] }) => ({
        buffer,
        offset: offset + (from * rows! * sizeOf(others)) / images,
        shape: [(number * rows!) / images, ...others],
      }),
    }
  })
}
