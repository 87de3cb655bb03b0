import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathInWords } from '../../../core/errors/path-words'
import { createRandom } from '../../../core/random/create-random'
import { nabla } from './run-in-test'

const rows = 60
const kept = 40
const header = 'a,b,kind,trust'
let folder = ''
let lines: string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-weights-'))
  const random = createRandom(4)
  lines = Array.from({ length: rows }, (_, row) => {
    const kind = ['x', 'y', 'y', 'z', 'y', 'x', 'y'][row % 7]!
    return [random.normal(), random.normal(), kind, 0.5 + random.uniform()].join(',')
  })
  writeFileSync(join(folder, 'all.csv'), [header, ...lines].join('\n'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const experiment = (training: object, weight = true) => ({
  nabla: 1,
  data: {
    source: 'all.csv',
    columns: { kind: { role: 'target' }, trust: { role: weight ? 'weight' : 'ignore' } },
    split: { train: kept / rows, validation: 0, test: 1 - kept / rows, strategy: 'sequential' },
  },
  network: [{ type: 'dense', units: 4 }, { type: 'tanh' }, { type: 'output' }],
  training: { epochs: 3, ...training },
})

const run = (...typed: string[]) => nabla({ folder }, ...typed)
const write = (content: object): void => writeFileSync(join(folder, 'e.json'), JSON.stringify(content))

type Scores = { splits: Record<'train' | 'test', { metrics: { loss: number } } | null> }
const lossOf = async (split: 'train' | 'test', ...typed: string[]) => {
  const answer = await run('--json', 'evaluate', ...typed)
  expect(answer.code, answer.err).toBe(0)
  return answer.objects<Scores>().at(-1)!.splits[split]!.metrics.loss
}

const cases: [string, object, boolean][] = [
  ['a column of weights', {}, true],
  ['balanced classes', { classWeights: 'balanced' }, false],
  ['told classes', { classWeights: { x: 3, z: 0.2 } }, false],
  ['balanced classes and a column of weights', { classWeights: 'balanced' }, true],
]

describe.each(cases)('a run with %s', (name, training, weight) => {
  const out = name.replaceAll(' ', '-')

  it('is evaluated with the loss that it was trained with, on its own rows and on a file', async () => {
    write(experiment(training, weight))
    expect((await run('train', 'e.json', '--out', out)).code).toBe(0)
    const record = JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8')) as {
      metrics: Record<'train' | 'test', { loss: number }>
      classWeights?: Record<string, number>
    }
    expect('classWeights' in record).toBe('classWeights' in training)
    for (const split of ['train', 'test'] as const)
      expect(await lossOf(split, out)).toBeCloseTo(record.metrics[split].loss, 12)
    // The rows of the test alone, whose shares of the classes are other ones.
    writeFileSync(join(folder, 'rest.csv'), [header, ...lines.slice(kept)].join('\n'))
    expect(await lossOf('test', out, 'rest.csv')).toBeCloseTo(record.metrics.test.loss, 12)
    expect((await run('evaluate', out, 'rest.csv')).err).not.toContain('alike')
  })

  it('has gradients that are checked with its weights', async () => {
    const analytic = async (content: object) => {
      write(content)
      const { code, objects } = await run('--json', 'gradcheck', 'e.json', '--rows', '30')
      expect(code).toBe(0)
      return objects<{ type: string; analytic: number }>()
        .filter(({ type }) => type === 'gradient')
        .map((entry) => entry.analytic)
    }
    const weighted = await analytic(experiment(training, weight))
    const plain = await analytic(experiment({}, false))
    expect(weighted.length).toBe(plain.length)
    expect(weighted).not.toEqual(plain)
  })
})

describe('evaluating a file without the column of weights', () => {
  it('counts its rows alike, and says so', async () => {
    write(experiment({}))
    await run('train', 'e.json', '--out', 'bare')
    const bare = lines.map((line) => line.split(',').slice(0, 3).join(','))
    writeFileSync(join(folder, 'bare.csv'), ['a,b,kind', ...bare].join('\n'))
    const { code, err } = await run('evaluate', 'bare', 'bare.csv')
    expect([code, err.includes('No column "trust"')]).toEqual([0, true])
  })
})

describe('check', () => {
  it.each([
    [{ classWeights: { xx: 2 } }, 'class-weights', 'training.classWeights.xx', 'one of the classes x, y, z'],
    [{ classWeights: { x: -2 } }, 'bad-setting', 'training.classWeights.x', 'a number, more than 0'],
    [{ classWeights: { x: 0 } }, 'bad-setting', 'training.classWeights.x', 'a number, more than 0'],
    [{ classWeights: 'even' }, 'bad-setting', 'training.classWeights', '"balanced", or a number above 0'],
  ])('refuses %j with %s', async (training, code, path, expected) => {
    write(experiment(training))
    const answer = await run('check', 'e.json')
    expect(answer.code).toBe(2)
    expect(answer.err).toContain(`nabla: ${code}`)
    expect(answer.err).toContain(`at ${pathInWords(path)}`)
    expect(answer.err).toContain(`expected  ${expected}`)
  })

  it('refuses class weights for a target that is a number', async () => {
    const numbers = experiment({ classWeights: 'balanced' })
    write({ ...numbers, data: { ...numbers.data, columns: { a: { role: 'target' } } } })
    const answer = await run('check', 'e.json')
    expect([answer.code, answer.err.includes('one target of classes')]).toEqual([2, true])
  })
})
