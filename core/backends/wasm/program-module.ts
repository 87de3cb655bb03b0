import { encodeLoop, type ElementwiseLoop } from './elementwise'
import { Imports, type Import } from './imports'
import type { Argument, Invocation } from './invocation'
import {
  call,
  f32Const,
  functionBody,
  functionType,
  i32Const,
  localGet,
  section,
  text,
  unsigned,
  vector,
  type Bytes,
  type ValueType,
} from './wasm-encoding'

const typeOf = (argument: Argument): ValueType =>
  typeof argument === 'object' && 'float' in argument ? 'f32' : 'i32'

function push(argument: Argument): number[] {
  if (typeof argument === 'number') return i32Const(argument)
  return 'float' in argument ? f32Const(argument.float) : localGet(argument.seed)
}

function callKernel({ kernel, arguments: values }: Invocation, imports: Imports): number[] {
  return [...values.flatMap(push), ...call(imports.indexOf(kernel, values.map(typeOf), []))]
}

/**
 * A WebAssembly module that imports `kernels.*` and `env.memory` and exports `run(key0, key1, step)`, which takes the
 * steps one after the other: calls of kernels, and loops that are functions of the module itself. Each loop is a
 * function of its own, so that the engine optimizes it as soon as it is hot.
 */
export function encodeProgram(steps: readonly (Invocation | ElementwiseLoop)[]): Uint8Array {
  const imports = new Imports()
  const loops: Bytes[] = []
  // Imports come first in the numbering of functions, so that loops can be numbered only when all are known.
  const makeCalls = steps.map((step): (() => Bytes) => {
    if ('kernel' in step) {
      const code = callKernel(step, imports)
      return () => code
    }
    const index = loops.push(encodeLoop(step, imports)) - 1
    return () => call(imports.list.length + 1 + index)
  })
  const run = functionBody(
    [],
    makeCalls.flatMap((makeCall) => makeCall()),
  )
  return encodeModule(imports.list, [run, ...loops])
}

/** The first body is `run`; the others have no parameters. */
function encodeModule(imports: readonly Import[], bodies: readonly Bytes[]): Uint8Array {
  const types = [
    functionType(['i32', 'i32', 'i32'], []),
    functionType([], []),
    ...imports.map((entry) => functionType(entry.parameters, entry.results)),
  ]
  const functions = imports.map((entry, i) => [
    ...text('kernels'),
    ...text(entry.name),
    0,
    ...unsigned(i + 2),
  ])
  const memory = [...text('env'), ...text('memory'), 2, 0, 1]
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([...functions, memory])),
    ...section(3, vector(bodies.map((_, i) => [i === 0 ? 0 : 1]))),
    ...section(7, vector([[...text('run'), 0, ...unsigned(imports.length)]])),
    ...section(10, vector(bodies)),
  ])
}
