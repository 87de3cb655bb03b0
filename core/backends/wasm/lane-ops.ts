import type { Imports } from './imports'
import { kernelCode } from './kernels-instance'
import {
  call,
  f32Const,
  localSet,
  vectorOp,
  vectorOpcodes as v,
  type Bytes,
  type ValueType,
} from './wasm-encoding'

/** What an op may use of the function that its code goes into. */
export interface LaneScope {
  readonly imports: Imports
  newLocal(type: ValueType): number
}

/** Code that leaves an op's result for four lanes, given the code that pushes each operand. */
export type LaneOp = (operands: readonly Bytes[], scope: LaneScope) => Bytes

const native =
  (opcode: number): LaneOp =>
  (operands) => [...operands.flat(), ...vectorOp(opcode)]

const constant = (value: number): number[] => [...f32Const(value), ...vectorOp(v.splat)]

/** A comparison's mask of ones turned into the number 1. */
const comparison =
  (opcode: number): LaneOp =>
  (operands) => [...operands.flat(), ...vectorOp(opcode), ...constant(1), ...vectorOp(v.and)]

/** A function of four lanes that the kernels export: its own code, or a call where that branches. */
const kernel =
  (name: string): LaneOp =>
  (operands, { imports, newLocal }) => {
    const body = kernelCode(name)
    if (!body) return [...operands.flat(), ...call(imports.indexOf(name, ['v128'], ['v128']))]
    const locals = body.locals.map(newLocal)
    return [...operands.flat(), ...localSet(locals[0]!), ...body.code((index) => locals[index]!)]
  }

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
  sign: kernel('sign4'),
  exp: kernel('exp4'),
  log: kernel('log4'),
  tanh: kernel('tanh4'),
  sigmoid: kernel('sigmoid4'),
  softplus: kernel('softplus4'),
  erf: kernel('erf4'),
  sin: kernel('sin4'),
  cos: kernel('cos4'),
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
