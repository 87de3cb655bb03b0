import { mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nabla } from '../cli/run-in-test'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-statistics-'))
  const network = [{ type: 'dense', units: 4 }, { type: 'relu' }, { type: 'output' }]
  const settings = {
    nabla: 1,
    name: 'iris',
    data: { source: 'sample:iris' },
    network,
    training: { epochs: 5 },
  }
  writeFileSync(join(folder, 'iris.json'), JSON.stringify(settings))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lines = (run: string): { epoch: number; step: number; arrays: { name: string }[] }[] =>
  readFileSync(join(folder, run, 'statistics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { epoch: number; step: number; arrays: { name: string }[] })

const fingerprint = (run: string): string =>
  (JSON.parse(readFileSync(join(folder, run, 'run.json'), 'utf8')) as { fingerprint: string }).fingerprint

it('writes statistics of the layers where they are asked for, and trains to the same bits', async () => {
  const seen = await nabla({ folder }, 'train', 'iris.json', '--out', 'a', '--statistics', '2', '--json')
  expect(seen.code).toBe(0)
  expect(lines('a').map(({ epoch }) => epoch)).toEqual([2, 4, 5])
  expect(lines('a')[0]!.arrays.map(({ name }) => name)).toEqual([
    '1.dense.weights',
    '1.dense.bias',
    '3.output.weights',
    '3.output.bias',
  ])
  const told = seen.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string })
  const { type: _, ...first } = told.find(({ type }) => type === 'statistics')!
  expect(first).toEqual(lines('a')[0])
  expect((await nabla({ folder }, 'train', 'iris.json', '--out', 'b')).code).toBe(0)
  expect(existsSync(join(folder, 'b', 'statistics.jsonl'))).toBe(false)
  expect(fingerprint('b')).toBe(fingerprint('a'))
})

it('keeps them when a run goes on', async () => {
  await nabla({ folder }, 'train', 'iris.json', '--out', 'a', '--statistics', '1')
  const more = ['--resume', '--epochs', '7', '--statistics', '1']
  expect((await nabla({ folder }, 'train', 'iris.json', '--out', 'a', ...more)).code).toBe(0)
  const epochs = lines('a').map(({ epoch }) => epoch)
  expect([...new Set(epochs)]).toEqual([1, 2, 3, 4, 5, 6, 7])
})
