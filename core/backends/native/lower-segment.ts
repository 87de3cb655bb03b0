import { isElementwise, type Region } from '../../graph/op'
import type { KernelCall } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import { lowerings } from './lowering/kinds'
import { OnnxBuilder, type OnnxValue } from './onnx-builder'
import type { OnnxGraph } from './onnx-model'
import { SegmentMemory, type PlacedTensor } from './segment-memory'

/** Neighbouring calls that have become one ONNX graph. */
export interface LoweredSegment {
  readonly graph: OnnxGraph
  readonly inputs: readonly PlacedTensor[]
  readonly outputs: readonly PlacedTensor[]
}

export interface SegmentSurroundings {
  /** Whether these numbers are wanted after the segment. */
  readonly isWanted: (region: Region) => boolean
  /** A constant's numbers, where it is small enough to be written into the graph. */
  readonly constantAt: (region: Region) => readonly number[] | undefined
}

export function lowerSegment(
  calls: readonly KernelCall[],
  { isWanted, constantAt }: SegmentSurroundings,
): LoweredSegment {
  const builder = new OnnxBuilder()
  const memory = new SegmentMemory(builder, constantAt)
  for (const call of calls)
    memory.write(call.output, lowerings[call.op]!(call, operandsOf(call, memory), builder))
  const outputs = outputsOf(memory, builder, isWanted)
  const { inputs } = memory
  const { nodes, constants } = builder
  const tensors = (placed: readonly PlacedTensor[]) => placed.map(({ tensor }) => tensor)
  const graph = { nodes, constants, inputs: tensors(inputs), outputs: tensors(outputs) }
  return { graph, inputs, outputs }
}

function operandsOf(call: KernelCall, memory: SegmentMemory): OnnxValue[] {
  if (!isElementwise(call.op)) return call.inputs.map((region) => memory.read(region))
  const { shape } = call.output
  return call.inputs.map((region) =>
    sizeOf(region.shape) === sizeOf(shape)
      ? memory.readUnspread({ ...region, shape })
      : memory.read({ ...region, shape: [1] }),
  )
}

function outputsOf(
  memory: SegmentMemory,
  builder: OnnxBuilder,
  isWanted: SegmentSurroundings['isWanted'],
): PlacedTensor[] {
  const taken = new Set<string>()
  return memory.written().flatMap(({ buffer, stretch }): PlacedTensor[] => {
    const region = { buffer, offset: stretch.start, shape: [stretch.end - stretch.start] }
    if (!isWanted(region)) return []
    const value = memory.valueOf(stretch)
    // What goes out is made by a node, and goes out once.
    const own = builder.isMade(value) && !taken.has(value.name)
    const tensor = own ? value : builder.add('Identity', [value], value.shape)
    taken.add(tensor.name)
    return [{ tensor, region }]
  })
}
