import { section, text, unsigned, vector } from './wasm-encoding'

/** Sections of a module come after its magic number and version. */
const HEADER = 8
const IMPORTS = 2
/** Limits that begin so are of a shared memory and name a maximum. */
const SHARED = 3

/** A memory of at least one page that is imported as `env.memory`; a shared one has the maximum that it was made with. */
export const memoryImport = (sharedPages?: number): number[] => [
  ...[...text('env'), ...text('memory'), 2],
  ...(sharedPages === undefined ? [0, 1] : [SHARED, 1, ...unsigned(sharedPages)]),
]

/** A module that imports nothing but its memory, made to import a shared one: the same code on other limits. */
export function withSharedMemory(module: Uint8Array, pages: number): Uint8Array {
  const imports = section(IMPORTS, vector([memoryImport(pages)]))
  for (let at = HEADER; at < module.length;) {
    const { value: size, end } = readUnsigned(module, at + 1)
    const next = end + size
    if (module[at] === IMPORTS) return joined(module.subarray(0, at), imports, module.subarray(next))
    at = next
  }
  throw new TypeError('the module imports no memory')
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** LEB128 read back. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return { value, end: at }
  }
}
