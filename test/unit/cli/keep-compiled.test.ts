import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire, Module } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Script } from 'node:vm'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepCompiled } from '../../../core/node/cli/keep-compiled'

const loader = Module as unknown as { prototype: { _compile: unknown } }
const compile = loader.prototype._compile
const created = vi.spyOn(Script.prototype, 'createCachedData')

let folder = ''
let program = ''
let cache = ''

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'nabla-compiled-')))
  program = path.join(folder, 'program')
  cache = path.join(folder, 'deep', 'cache')
  mkdirSync(program)
  writeProgram(`exports.twice = (x) => 2 * x; exports.place = [__filename, __dirname]; exports.other = require('./b.cjs')
    exports.later = () => import('node:path')`)
  writeFileSync(
    path.join(program, 'b.cjs'),
    'module.exports = { name: require("node:path").basename(__filename) }',
  )
})

afterEach(() => {
  loader.prototype._compile = compile
  rmSync(folder, { recursive: true, force: true })
})

const writeProgram = (source: string): void => writeFileSync(path.join(program, 'a.cjs'), source)

interface Loaded {
  twice(x: number): number
  readonly place: readonly string[]
  readonly other: { readonly name: string }
  later(): Promise<{ sep: string }>
}

/** Loads the program as a start does; gives it, and how many of its files were compiled anew. */
async function start(): Promise<{ loaded: Loaded; anew: number }> {
  loader.prototype._compile = compile
  const require = createRequire(path.join(folder, 'start.cjs'))
  for (const file of Object.keys(require.cache)) delete require.cache[file]
  const keep = keepCompiled({ program, cache })
  const loaded = require('./program/a.cjs') as Loaded
  expect(loaded.twice(21)).toBe(42)
  expect(loaded.place).toEqual([path.join(program, 'a.cjs'), program])
  expect(loaded.other).toEqual({ name: 'b.cjs' })
  expect((await loaded.later()).sep).toBe(path.sep)
  created.mockClear()
  keep()
  return { loaded, anew: created.mock.calls.length }
}

it('compiles at the first start, and takes what was kept at the next', async () => {
  expect((await start()).anew).toBe(2)
  expect(readdirSync(cache).sort()).toEqual(['a.cjs', 'b.cjs'])
  expect((await start()).anew).toBe(0)
})

it('compiles a source anew that has changed, though it is as long', async () => {
  await start()
  const source = readFileSync(path.join(program, 'a.cjs'), 'utf8')
  writeProgram(source.replace('2 * x', 'x + x'))
  expect((await start()).anew).toBe(1)
  expect((await start()).anew).toBe(0)
})

it.each([
  ['is broken', (data: Buffer) => data.fill(7, data.length / 2, data.length / 2 + 8)],
  ['ends early', (data: Buffer) => data.subarray(0, 100)],
  ['is empty', () => Buffer.alloc(0)],
])('compiles anew where what was kept %s', async (_, spoil) => {
  await start()
  const file = path.join(cache, 'a.cjs')
  writeFileSync(file, spoil(readFileSync(file)))
  expect((await start()).anew).toBe(1)
  expect((await start()).anew).toBe(0)
})

it('removes what was kept of files that the program no longer has', async () => {
  await start()
  writeFileSync(path.join(cache, 'gone-1234.cjs'), 'code of an earlier build')
  expect((await start()).anew).toBe(0)
  writeProgram(`${readFileSync(path.join(program, 'a.cjs'), 'utf8')};`)
  expect((await start()).anew).toBe(1)
  expect(readdirSync(cache).sort()).toEqual(['a.cjs', 'b.cjs'])
})

it('works where nothing can be kept', async () => {
  writeFileSync(path.join(folder, 'deep'), 'a file where a folder is to be')
  expect((await start()).anew).toBe(0)
  expect((await start()).loaded.other.name).toBe('b.cjs')
})
