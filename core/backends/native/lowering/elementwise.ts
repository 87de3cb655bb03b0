import { broadcastShapes } from '../../../graph/shape'
import type { OnnxValue } from '../onnx-builder'
import type { Lowering } from './lowering'

const common = (operands: readonly OnnxValue[]) =>
  operands.map(({ shape }) => shape).reduce((a, b) => broadcastShapes(a, b))

const node =
  (op: string): Lowering =>
  (_call, operands, builder) =>
    builder.add(op, operands, common(operands))

const comparison =
  (op: string): Lowering =>
  (call, operands, builder) =>
    builder.cast(node(op)(call, operands, builder), 'float32')

/** ONNX Runtime's own makes 1 of NaN, which would hide that a training has diverged. */
const erf: Lowering = (_call, [x], builder) => {
  const isNothing = builder.add('IsNaN', [x!], x!.shape)
  return builder.add('Where', [isNothing, x!, builder.add('Erf', [x!], x!.shape)], x!.shape)
}

const where: Lowering = (_call, operands, builder) => {
  const [condition, a, b] = operands as [OnnxValue, OnnxValue, OnnxValue]
  const chosen = builder.cast(condition, 'bool')
  return builder.add('Where', [chosen, a, b], common(operands))
}

/** ONNX ops of the same meaning; they repeat operands along axes of size 1 by themselves. */
export const elementwise: Readonly<Record<string, Lowering>> = {
  negate: node('Neg'),
  exp: node('Exp'),
  log: node('Log'),
  sqrt: node('Sqrt'),
  abs: node('Abs'),
  sign: node('Sign'),
  tanh: node('Tanh'),
  sigmoid: node('Sigmoid'),
  softplus: node('Softplus'),
  erf,
  sin: node('Sin'),
  cos: node('Cos'),
  add: node('Add'),
  subtract: node('Sub'),
  multiply: node('Mul'),
  divide: node('Div'),
  maximum: node('Max'),
  minimum: node('Min'),
  greater: comparison('Greater'),
  equal: comparison('Equal'),
  where,
}
