import type { Imports } from './imports'
import { call, f32Const, vectorOp, vectorOpcodes as v, type Bytes } from './wasm-encoding'

/** Code that leaves an op's result for four lanes, given the code that pushes each operand. */
export type LaneOp = (operands: readonly Bytes[], imports: Imports) => Bytes

const native =
  (opcode: number): LaneOp =>
  (operands) => [...operands.flat(), ...vectorOp(opcode)]

const constant = (value: number): number[] => [...f32Const(value), ...vectorOp(v.splat)]

/** A comparison's mask of ones turned into the number 1. */
const comparison =
  (opcode: number): LaneOp =>
  (operands) => [...operands.flat(), ...vectorOp(opcode), ...constant(1), ...vectorOp(v.and)]

/** A function of four lanes that the kernels export. */
const imported =
  (name: string): LaneOp =>
  (operands, imports) => [...operands.flat(), ...call(imports.indexOf(name, ['v128'], ['v128']))]

const choose: LaneOp = ([condition, a, b]) => [
  ...a!,
  ...b!,
  ...condition!,
  ...constant(0),
  ...vectorOp(v.notEqual),
  ...vectorOp(v.bitselect),
]

const same: LaneOp = ([x]) => x!

/** Ops whose every output element depends on the same element of each operand only. */
export const laneOps: Readonly<Record<string, LaneOp>> = {
  negate: native(v.negate),
  sqrt: native(v.sqrt),
  abs: native(v.abs),
  sign: imported('sign4'),
  exp: imported('exp4'),
  log: imported('log4'),
  tanh: imported('tanh4'),
  sigmoid: imported('sigmoid4'),
  softplus: imported('softplus4'),
  erf: imported('erf4'),
  sin: imported('sin4'),
  cos: imported('cos4'),
  add: native(v.add),
  subtract: native(v.subtract),
  multiply: native(v.multiply),
  divide: native(v.divide),
  maximum: native(v.maximum),
  minimum: native(v.minimum),
  greater: comparison(v.greater),
  equal: comparison(v.equal),
  where: choose,
  stopGradient: same,
  copy: same,
}
