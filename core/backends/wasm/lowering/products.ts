import { sizeOf } from '../../../graph/shape'
import { invoke } from '../invocation'
import type { Lowering } from './lowering'

const matmul: Lowering = (call, place) => {
  const [a, b] = [call.inputs[0]!, call.inputs[1]!]
  const transposeA = call.attributes['transposeA'] === true
  const transposeB = call.attributes['transposeB'] === true
  const [m, n] = call.output.shape.slice(-2) as [number, number]
  const k = a.shape.at(transposeA ? -2 : -1)!
  return [
    invoke(
      'matmul',
      place.address(a),
      place.address(b),
      place.address(call.output),
      sizeOf(call.output.shape.slice(0, -2)),
      m,
      k,
      n,
      Number(transposeA),
      Number(transposeB),
      place.workspace(place.matmulWorkspace(k, n)),
    ),
  ]
}

/** By the number that the kernel knows each by. */
const activations = ['none', 'relu', 'tanh', 'sigmoid']

const dense: Lowering = (call, place) => {
  const [m, k] = call.inputs[0]!.shape as [number, number]
  const n = call.output.shape[1]!
  return [
    invoke(
      'dense',
      ...[...call.inputs, call.output].map((region) => place.address(region)),
      m,
      k,
      n,
      activations.indexOf(call.attributes['activation'] as string),
      place.workspace(place.matmulWorkspace(k, n)),
    ),
  ]
}

export const products: Readonly<Record<string, Lowering>> = { matmul, dense }
