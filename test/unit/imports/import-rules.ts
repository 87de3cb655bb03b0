import { builtinModules } from 'node:module'

/** What a room may import: other rooms, Node's own modules, and packages. */
export interface Room {
  readonly name: string
  /** Its folder, or the one file that is a room of its own; of two that hold a file, the longer counts. */
  readonly folder: string
  readonly rooms: readonly string[]
  readonly node: boolean
  /** True: any but those that other runtimes bring. */
  readonly packages: true | readonly string[]
  readonly rule: string
}

export const rooms: readonly Room[] = [
  {
    name: 'core',
    folder: 'core',
    rooms: ['core'],
    node: false,
    packages: ['zod', '@noble/hashes', 'fflate', 'echarts', 'birpc', 'mathjs'],
    rule: 'core (without core/node) is pure: it imports itself and zod, @noble/hashes, fflate, birpc, mathjs and types of echarts',
  },
  {
    name: 'the kernels’ build',
    folder: 'core/backends/wasm/build.mjs',
    rooms: [],
    node: true,
    packages: ['assemblyscript'],
    rule: 'the program that builds the kernels runs on Node before anything else is there',
  },
  {
    name: 'core/node',
    folder: 'core/node',
    rooms: ['core', 'core/node'],
    node: true,
    packages: true,
    rule: 'core/node imports core, Node and packages',
  },
  {
    name: 'electron',
    folder: 'electron',
    rooms: ['core', 'core/node', 'electron', 'electron/contract'],
    node: true,
    packages: true,
    rule: 'electron imports core, Node and electron',
  },
  {
    name: 'electron/contract',
    folder: 'electron/contract',
    rooms: ['core', 'electron/contract'],
    node: false,
    packages: ['birpc', 'zod'],
    rule: 'electron/contract is used by the page too: it imports core and itself, and no Node',
  },
  {
    name: 'renderer',
    folder: 'renderer',
    rooms: ['core', 'electron/contract', 'renderer'],
    node: false,
    packages: true,
    rule: "renderer imports core's pure part, electron/contract and packages, and no Node",
  },
  {
    name: 'test',
    folder: 'test',
    rooms: ['core', 'core/node', 'electron', 'electron/contract', 'renderer', 'test'],
    node: true,
    packages: true,
    rule: 'test imports everything, and nobody imports test',
  },
]

/** Packages that only work in one runtime, and the rooms of that runtime. */
const bound: Readonly<Record<string, readonly string[]>> = {
  electron: ['electron', 'test'],
  vue: ['renderer', 'test'],
  pinia: ['renderer', 'test'],
  'vue-echarts': ['renderer', 'test'],
  '@duckdb/node-api': ['core/node', 'test'],
  '@resvg/resvg-js': ['core/node', 'test'],
  'worker-threads-pool': ['core/node', 'test'],
}

/** Of these the pure core may import types only: their code is heavy or belongs to one runtime. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { echarts: ['core'] }

export interface Import {
  /** As written, such as `../graph/op` or `node:fs`. */
  readonly from: string
  readonly typeOnly: boolean
}

/** @param file relative to the root, with slashes */
export const roomOf = (file: string): Room | undefined =>
  rooms
    .filter(({ folder }) => file === folder || file.startsWith(`${folder}/`))
    .reduce<Room | undefined>(
      (best, room) => (room.folder.length > (best?.folder.length ?? 0) ? room : best),
      undefined,
    )

const packageName = (from: string): string => from.split('/', from.startsWith('@') ? 2 : 1).join('/')

const isNode = (from: string): boolean => from.startsWith('node:') || builtinModules.includes(from)

/** @returns the rule that is broken, in words, or null */
export function brokenRule(file: string, imported: Import): string | null {
  const room = roomOf(file)
  if (!room) return null
  const fault = faultOf(room, file, imported)
  return fault && `${file} imports ${imported.from}: ${fault}. Rule: ${room.rule}.`
}

function faultOf(room: Room, file: string, { from, typeOnly }: Import): string | null {
  if (from.startsWith('.')) return faultOfRoom(room, resolve(file, from))
  if (isNode(from)) return room.node ? null : `${room.name} knows no Node`
  const name = packageName(from)
  if (bound[name] && !bound[name].includes(room.name)) return `${name} does not run in ${room.name}`
  if (typesOnly[name]?.includes(room.name) && !typeOnly) return `${room.name} takes only types of ${name}`
  return room.packages === true || room.packages.includes(name)
    ? null
    : `${name} is not on ${room.name}'s list`
}

function faultOfRoom(room: Room, target: string): string | null {
  const other = roomOf(target)
  if (!other) return target === 'package.json' ? null : 'it lies outside of the rooms'
  return room.rooms.includes(other.name) ? null : `${room.name} may not import ${other.name}`
}

/** The path that a relative import leads to, from the root. */
function resolve(file: string, from: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const part of from.replace(/\?.*$/, '').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
