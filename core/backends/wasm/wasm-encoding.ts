// The binary format of WebAssembly, as far as generated programs need it:
// https://webassembly.github.io/spec/core/binary/

export type Bytes = readonly number[]

export const valueTypes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const
export type ValueType = keyof typeof valueTypes

/** LEB128 of a number from 0 to 2^32 - 1. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low + 128 : low)
  } while (rest > 0)
  return bytes
}

/** LEB128 of a signed 32-bit number; larger unsigned ones are taken by their bits. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 127
    rest >>= 7
    if ((rest === 0 && !(low & 64)) || (rest === -1 && low & 64)) return [...bytes, low]
    bytes.push(low | 128)
  }
}

/** The four bytes of a float32, low first. */
export const float = (value: number): number[] => [...new Uint8Array(new Float32Array([value]).buffer)]

export const vector = (items: readonly Bytes[]): number[] => [...unsigned(items.length), ...items.flat()]

export const text = (value: string): number[] => vector([...value].map((letter) => [letter.charCodeAt(0)]))

export function section(id: number, content: Bytes): number[] {
  return [id, ...unsigned(content.length), ...content]
}

export const functionType = (parameters: readonly ValueType[], results: readonly ValueType[]): number[] => [
  0x60,
  ...vector(parameters.map((type) => [valueTypes[type]])),
  ...vector(results.map((type) => [valueTypes[type]])),
]

/** A function's body with its locals, as the code section holds it. */
export function functionBody(locals: readonly ValueType[], code: Bytes): number[] {
  const content = [...vector(locals.map((type) => [1, valueTypes[type]])), ...code, opcodes.end]
  return [...unsigned(content.length), ...content]
}

export const opcodes = {
  loop: 0x03,
  end: 0x0b,
  branchIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  f32Const: 0x43,
  i32Add: 0x6a,
  i32LessUnsigned: 0x49,
  noResult: 0x40,
} as const

export const i32Const = (value: number): number[] => [opcodes.i32Const, ...signed(value)]
export const f32Const = (value: number): number[] => [opcodes.f32Const, ...float(value)]
export const localGet = (index: number): number[] => [opcodes.localGet, ...unsigned(index)]
export const localSet = (index: number): number[] => [opcodes.localSet, ...unsigned(index)]
export const localTee = (index: number): number[] => [opcodes.localTee, ...unsigned(index)]
export const call = (index: number): number[] => [opcodes.call, ...unsigned(index)]

/** An instruction of the vector set: prefix, number, and what follows it. */
export const vectorOp = (number: number, ...rest: Bytes): number[] => [0xfd, ...unsigned(number), ...rest]

/** Alignment hint and constant offset of an access to memory. */
export const memoryArgument = (offset: number): number[] => [0, ...unsigned(offset)]

export const vectorOpcodes = {
  load: 0x00,
  load32Splat: 0x09,
  store: 0x0b,
  splat: 0x13,
  equal: 0x41,
  notEqual: 0x42,
  greater: 0x44,
  and: 0x4e,
  bitselect: 0x52,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  abs: 0xe0,
  negate: 0xe1,
  sqrt: 0xe3,
  add: 0xe4,
  subtract: 0xe5,
  multiply: 0xe6,
  divide: 0xe7,
  minimum: 0xe8,
  maximum: 0xe9,
} as const
