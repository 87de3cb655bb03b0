import type { KernelCall } from '../../../graph/plan'
import { sizeOf, stridesOf } from '../../../graph/shape'
import { invoke } from '../invocation'
import type { Lowering } from './lowering'
import { copyView } from './view'

/** Elements from a tensor's begin to the index `starts`. */
const offsetOf = (starts: readonly number[], strides: readonly number[]): number =>
  starts.reduce((offset, start, axis) => offset + start * strides[axis]!, 0)

const bytes = (elements: number): number => elements * 4

/** The same elements in the same order. */
const copy: Lowering = (call, place) => [
  invoke('copyRow', place.address(call.inputs[0]!), place.address(call.output), sizeOf(call.output.shape)),
]

/** The output written in order from a strided view of the input. */
const read =
  (view: (call: KernelCall) => { strides: readonly number[]; offset: number }): Lowering =>
  (call, place) => {
    const { strides, offset } = view(call)
    const x = { address: place.address(call.inputs[0]!) + bytes(offset), strides }
    const y = { address: place.address(call.output), strides: stridesOf(call.output.shape) }
    return [copyView(call.output.shape, x, y, place)]
  }

const broadcast = read((call) => {
  const { shape } = call.inputs[0]!
  return { strides: stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride)), offset: 0 }
})

const transpose = read((call) => {
  const strides = stridesOf(call.inputs[0]!.shape)
  const permutation = call.attributes['permutation'] as readonly number[]
  return { strides: permutation.map((axis) => strides[axis]!), offset: 0 }
})

const slice = read((call) => {
  const strides = stridesOf(call.inputs[0]!.shape)
  return { strides, offset: offsetOf(call.attributes['starts'] as readonly number[], strides) }
})

const pad: Lowering = (call, place) => {
  const input = call.inputs[0]!
  const output = place.address(call.output)
  const strides = stridesOf(call.output.shape)
  const offset = offsetOf(call.attributes['starts'] as readonly number[], strides)
  const x = { address: place.address(input), strides: stridesOf(input.shape) }
  const y = { address: output + bytes(offset), strides }
  return [invoke('fill', output, { float: 0 }, sizeOf(call.output.shape)), copyView(input.shape, x, y, place)]
}

const concat: Lowering = (call, place) => {
  const axis = call.attributes['axis'] as number
  const strides = stridesOf(call.output.shape)
  let start = 0
  return call.inputs.map((input) => {
    const x = { address: place.address(input), strides: stridesOf(input.shape) }
    const y = { address: place.address(call.output) + bytes(start * strides[axis]!), strides }
    start += input.shape[axis]!
    return copyView(input.shape, x, y, place)
  })
}

export const shapes: Readonly<Record<string, Lowering>> = {
  copy,
  stopGradient: copy,
  reshape: copy,
  broadcast,
  transpose,
  slice,
  pad,
  concat,
}
