import { sizeOf } from '../../../graph/shape'
import { invoke } from '../invocation'
import type { Lowering } from './lowering'

const gather: Lowering = (call, place) => {
  const [table, index] = [call.inputs[0]!, call.inputs[1]!]
  return [
    invoke(
      'gather',
      place.address(table),
      place.address(index),
      place.address(call.output),
      sizeOf(index.shape),
      table.shape[0]!,
      sizeOf(table.shape.slice(1)),
    ),
  ]
}

const scatterAdd: Lowering = (call, place) => {
  const [rows, index] = [call.inputs[0]!, call.inputs[1]!]
  return [
    invoke(
      'scatterAdd',
      place.address(rows),
      place.address(index),
      place.address(call.output),
      sizeOf(index.shape),
      call.output.shape[0]!,
      sizeOf(call.output.shape.slice(1)),
    ),
  ]
}

export const rows: Readonly<Record<string, Lowering>> = { gather, scatterAdd }
