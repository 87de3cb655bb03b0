import { encodeLoop, type ElementwiseLoop } from './elementwise'
import { Imports, type Import } from './imports'
import type { Argument, Invocation } from './invocation'
import { memoryImport } from './shared-import'
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

/** What one thread does at a time: a kernel, or a loop that is made for the plan. */
export type Single = Invocation | ElementwiseLoop

/** A step that threads may share: its parts can be done in any order and side by side. */
export interface SharedStep {
  readonly parts: readonly (readonly Single[])[]
}

export type Step = Single | SharedStep

const typeOf = (argument: Argument): ValueType =>
  typeof argument === 'object' && 'float' in argument ? 'f32' : 'i32'

function push(argument: Argument): number[] {
  if (typeof argument === 'number') return i32Const(argument)
  return 'float' in argument ? f32Const(argument.float) : localGet(argument.seed)
}

function callKernel({ kernel, arguments: values }: Invocation, imports: Imports): number[] {
  return [...values.flatMap(push), ...call(imports.indexOf(kernel, values.map(typeOf), []))]
}

/** Functions on their way into a module. Imports come first in the numbering, so calls are made when all are known. */
class Assembly {
  readonly imports = new Imports()
  readonly loops: Bytes[] = []

  /** @param exported how many functions come before the loops */
  constructor(private readonly exported: number) {}

  /** Code that does the step. Each loop is a function of its own, so that the engine optimizes it as soon as it is hot. */
  calling(step: Single): () => Bytes {
    if ('kernel' in step) {
      const code = callKernel(step, this.imports)
      return () => code
    }
    const index = this.loops.push(encodeLoop(step, this.imports)) - 1
    return () => call(this.imports.list.length + this.exported + index)
  }

  /** Code by which the team does parts `first` to `first + count` of the helpers' module. */
  sharing(first: number, count: number): () => Bytes {
    const code = [
      ...[...i32Const(first), ...i32Const(count)],
      ...call(this.imports.indexOf('split', ['i32', 'i32'], [], 'team')),
    ]
    return () => code
  }
}

const bodyOf = (calls: readonly (() => Bytes)[]): Bytes =>
  functionBody(
    [],
    calls.flatMap((makeCall) => makeCall()),
  )

/**
 * A WebAssembly module that imports `kernels.*` and `env.memory` and exports `run(key0, key1, step)`, which takes the
 * steps one after the other. Where there are shared steps it imports `team.split(first, count)` too.
 */
export function encodeProgram(steps: readonly Step[], sharedPages?: number): Uint8Array {
  const assembly = new Assembly(1)
  let parts = 0
  const calls = steps.map((step) => {
    if (!('parts' in step)) return assembly.calling(step)
    const first = parts
    parts += step.parts.length
    return assembly.sharing(first, step.parts.length)
  })
  return encodeModule(assembly, ['run'], [bodyOf(calls)], ['i32', 'i32', 'i32'], sharedPages)
}

/** The module of which every thread has its own instance: exports `part0`, `part1`, ... of all shared steps in order. */
export function encodeParts(steps: readonly Step[], sharedPages: number): Uint8Array {
  const parts = steps.flatMap((step) => ('parts' in step ? step.parts : []))
  const assembly = new Assembly(parts.length)
  const calls = parts.map((part) => part.map((step) => assembly.calling(step)))
  const names = parts.map((_, index) => `part${index}`)
  return encodeModule(assembly, names, calls.map(bodyOf), [], sharedPages)
}

/** The exported functions are of one type and come first; the loops have no parameters. */
function encodeModule(
  { imports, loops }: Assembly,
  names: readonly string[],
  exported: readonly Bytes[],
  parameters: readonly ValueType[],
  sharedPages: number | undefined,
): Uint8Array {
  const bodies = [...exported, ...loops]
  const types = [
    functionType(parameters, []),
    functionType([], []),
    ...imports.list.map((entry) => functionType(entry.parameters, entry.results)),
  ]
  const exports = names.map((name, i) => [...text(name), 0, ...unsigned(imports.list.length + i)])
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([...imports.list.map(encodeImport), memoryImport(sharedPages)])),
    ...section(3, vector(bodies.map((_, i) => [i < exported.length ? 0 : 1]))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ])
}

const encodeImport = ({ module, name }: Import, index: number): Bytes => [
  ...[...text(module), ...text(name), 0],
  ...unsigned(index + 2),
]
