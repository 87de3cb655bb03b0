import { createRequire } from 'node:module'
import type * as Koffi from 'koffi'

/** An address in memory. */
export type Address = bigint

/**
 * What we use of ONNX Runtime's C interface: the place of each function in the table `OrtApi`, whose beginning is the
 * same in every version, and its parameters. All return a status that is null when all went well, but for those that release.
 * Source: onnxruntime_c_api.h.
 */
const table = {
  CreateEnv: [3, 'int', 'str', '_Out_ void **'],
  CreateSessionFromArray: [8, 'void *', 'void *', 'size_t', 'void *', '_Out_ void **'],
  Run: [9, 'void *', 'void *', 'void *', 'void *', 'size_t', 'void *', 'size_t', 'void *'],
  CreateSessionOptions: [10, '_Out_ void **'],
  SetSessionGraphOptimizationLevel: [23, 'void *', 'int'],
  SetIntraOpNumThreads: [24, 'void *', 'int'],
  CreateTensorWithDataAsOrtValue: [
    49,
    'void *',
    'void *',
    'size_t',
    'void *',
    'size_t',
    'int',
    '_Out_ void **',
  ],
  CreateCpuMemoryInfo: [69, 'int', 'int', '_Out_ void **'],
  AddSessionConfigEntry: [130, 'void *', 'str', 'str'],
  ReleaseStatus: [93, 'void *'],
  ReleaseSession: [95, 'void *'],
  ReleaseValue: [96, 'void *'],
  ReleaseSessionOptions: [100, 'void *'],
} as const

/** As far into the table as we use it. */
const TABLE_SIZE = 131
const GET_ERROR_MESSAGE = 2
/** Of the interface, not of the library: any library of 1.16 or later has it. */
const API_VERSION = 16

export type OrtFunction = keyof typeof table
type NativeFunction = (...values: Argument[]) => unknown
type Argument = number | string | Address | null | ArrayBufferView | [Address | null]

/** ONNX Runtime's C interface, with its errors as exceptions. */
export interface OrtApi {
  /** The library would be unloaded if nothing held it. */
  readonly library: unknown
  readonly version: string
  /** Calls a function. @throws Error with ONNX Runtime's message */
  call(name: OrtFunction, ...values: Argument[]): void
  /** Calls a function that gives an address through its last parameter. */
  make(name: OrtFunction, ...values: Argument[]): Address
  addressOf(values: ArrayBufferView): Address
}

/** @throws Error when the library cannot be loaded on this computer. */
export function openOrtApi(path: string): OrtApi {
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi
  const library = koffi.load(path)
  const read = (place: Address, length: number) =>
    koffi.decode(place, koffi.array('void *', length)) as Address[]
  const [getApi, getVersion] = read(library.func('void *OrtGetApiBase()')() as Address, 2)
  const base = koffi.call(getApi, koffi.proto('void *', ['uint32_t']), API_VERSION) as Address | null
  if (base === null) throw new Error(`${path} is older than ONNX Runtime 1.${API_VERSION}`)
  const places = read(base, TABLE_SIZE)
  const bind = (place: number, result: string, parameters: readonly string[]): NativeFunction =>
    koffi.decode(places[place], koffi.proto(result, [...parameters])) as NativeFunction
  const messageOf = bind(GET_ERROR_MESSAGE, 'str', ['void *'])
  const functions = Object.fromEntries(
    Object.entries(table).map(([name, [place, ...parameters]]) => [name, bind(place, 'void *', parameters)]),
  ) as Record<OrtFunction, NativeFunction>
  const call = (name: OrtFunction, ...values: Argument[]): void => {
    const status = functions[name](...values) as Address | null
    if (status === null || name.startsWith('Release')) return
    const message = String(messageOf(status))
    functions.ReleaseStatus(status)
    throw new Error(`ONNX Runtime: ${message}`)
  }
  return {
    library,
    version: String(koffi.call(getVersion, koffi.proto('str', []))),
    call,
    make(name, ...values) {
      const made: [Address | null] = [null]
      call(name, ...values, made)
      return made[0]!
    },
    addressOf: (values) => koffi.address(values),
  }
}
