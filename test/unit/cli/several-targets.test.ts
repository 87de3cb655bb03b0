import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../core/random/create-random'
import { nabla } from './run-in-test'

let folder = ''
const run = (...typed: string[]) => nabla({ folder }, ...typed)
const read = (...names: string[]): string => readFileSync(join(folder, ...names), 'utf8')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-targets-'))
  const random = createRandom(8)
  const lines = Array.from({ length: 90 }, (_, row) => {
    const [a, b] = [random.normal(), random.normal()]
    const heat = row === 3 ? '' : (20 + 4 * a - b).toFixed(3)
    const dust = (500 + 90 * b).toFixed(2)
    return [a.toFixed(4), b.toFixed(4), heat, dust, a > 0 ? 'yes' : 'no', b > 0.5 ? 'on' : 'off'].join()
  })
  writeFileSync(join(folder, 'all.csv'), ['a,b,heat,dust,wet,loud', ...lines].join('\n'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Record {
  fingerprint: string
  metrics: { test: { [name: string]: number } }
  targets: { [column: string]: { test: { [name: string]: number } } }
}
type Predicted = { predictions: { [column: string]: { prediction: number | string } } }

const cases = [
  { kind: 'numbers', targets: ['heat', 'dust'], others: ['wet', 'loud'], metrics: ['rmse', 'mae', 'r2'] },
  { kind: 'labels', targets: ['wet', 'loud'], others: ['heat', 'dust'], metrics: ['accuracy', 'f1Macro'] },
]

describe.each(cases)('two $kind on the command line', ({ kind, targets, others, metrics }) => {
  const file = `${kind}.nabla.json`
  const options = targets.flatMap((name) => ['--target', name])

  it('are proposed, checked and judged by finite differences', async () => {
    const made = await run('new', 'all.csv', ...options, '-o', file)
    expect(made.code, made.err).toBe(0)
    expect(made.out).toContain(`targets ${targets.map((name) => `"${name}"`).join(', ')}`)
    const experiment = JSON.parse(read(file)) as { data: { columns: { [name: string]: object } } }
    for (const name of others) experiment.data.columns[name] = { role: 'ignore' }
    writeFileSync(join(folder, file), JSON.stringify(experiment))
    const checked = await run('check', file)
    expect(checked.code, checked.err).toBe(0)
    expect(checked.out).toMatch(/Output +2 +34/)
    expect((await run('gradcheck', file)).code).toBe(0)
  })

  it('train to the same weights twice, with metrics of all and of each', async () => {
    for (const out of ['one', 'two'])
      expect((await run('train', file, '--epochs', '12', '--out', `${kind}-${out}`)).code).toBe(0)
    const [one, two] = ['one', 'two'].map((out) => JSON.parse(read(`${kind}-${out}`, 'run.json')) as Record)
    expect(one!.fingerprint).toBe(two!.fingerprint)
    expect(Object.keys(one!.targets)).toEqual(targets)
    for (const metric of metrics) {
      const each = targets.map((name) => one!.targets[name]!.test[metric]!)
      expect(one!.metrics.test[metric]).toBeCloseTo((each[0]! + each[1]!) / 2, 12)
    }
    const judged = await run('--json', 'evaluate', `${kind}-one`)
    expect(judged.objects<{ splits: { test: Record['metrics'] } }>().at(-1)!.splits.test).toMatchObject({
      metrics: one!.metrics.test,
      parts: targets.map((name) => ({ metrics: one!.targets[name]!.test })),
    })
  })

  it('go on where they were cut off, to the weights of a run in one go', async () => {
    const first = await run('train', file, '--epochs', '5', '--out', `${kind}-cut`)
    expect(first.code, first.err).toBe(0)
    const more = await run('train', file, '--epochs', '12', '--out', `${kind}-cut`, '--resume')
    expect(more.code, more.err).toBe(0)
    expect((JSON.parse(read(`${kind}-cut`, 'run.json')) as Record).fingerprint).toBe(
      (JSON.parse(read(`${kind}-one`, 'run.json')) as Record).fingerprint,
    )
  })

  it('are predicted for a new file in columns of their own', async () => {
    writeFileSync(join(folder, 'new.csv'), 'b,a\n1.5,2\n-1,-2\n')
    const answer = await run('predict', `${kind}-one`, 'new.csv')
    expect(answer.code, answer.err).toBe(0)
    const [header, ...lines] = answer.out.trim().split('\n')
    expect(header!.split(',').slice(2)).toEqual(
      kind === 'numbers'
        ? ['prediction heat', 'prediction dust']
        : ['prediction wet', 'probability wet = yes', 'prediction loud', 'probability loud = on'],
    )
    const told = (await run('--json', 'predict', `${kind}-one`, 'new.csv')).objects<Predicted>()
    const values = told.flatMap(({ predictions }) => (predictions ? [predictions] : []))
    values.forEach((predictions, row) => {
      const cells = lines[row]!.split(',')
      const own = kind === 'numbers' ? [cells[2], cells[3]] : [cells[2], cells[4]]
      targets.forEach((name, i) => {
        const { prediction } = predictions[name]!
        if (typeof prediction === 'number') expect(Number(own[i]) / prediction).toBeCloseTo(1, 5)
        else expect(own[i]).toBe(prediction)
      })
    })
    expect(values).toHaveLength(2)
  })
})

it('Levenberg-Marquardt finds the two lines that it finds one by one', async () => {
  const lossOf = async (name: string, columns: readonly string[]): Promise<number> => {
    const ignored = ['heat', 'dust', 'wet', 'loud'].filter((column) => !columns.includes(column))
    const roles = [
      ...columns.map((column) => [column, { role: 'target' }] as const),
      ...ignored.map((column) => [column, { role: 'ignore' }] as const),
    ]
    const experiment = {
      nabla: 1,
      data: {
        source: 'bent.csv',
        columns: Object.fromEntries<object>(roles),
        split: { train: 1, validation: 0, test: 0, strategy: 'sequential' },
      },
      network: [{ type: 'output' }],
      optimizer: { type: 'levenberg-marquardt' },
      training: { epochs: 12 },
    }
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(experiment))
    const trained = await run('train', `${name}.json`, '--out', name)
    expect(trained.code, trained.err).toBe(0)
    const { metrics } = JSON.parse(read(name, 'run.json')) as { metrics: { train: { loss: number } } }
    return metrics.train.loss
  }
  // With a bend that no line can follow, and no gap, as both must have the same rows.
  const [header, ...lines] = read('all.csv').trim().split('\n')
  const bent = lines.map((line) => {
    const [a, b, heat, dust, ...flags] = line.split(',')
    return [a, b, Number(heat) + 3 * Number(a) ** 2, Number(dust) + 40 * Number(b) ** 2, ...flags].join()
  })
  writeFileSync(join(folder, 'bent.csv'), [header, ...bent].join('\n'))
  const [both, heat, dust] = [
    await lossOf('lm-both', ['heat', 'dust']),
    await lossOf('lm-heat', ['heat']),
    await lossOf('lm-dust', ['dust']),
  ]
  expect(heat).toBeGreaterThan(0.01)
  expect(both / ((heat + dust) / 2)).toBeCloseTo(1, 5)
})

it('a profile is of the first target, or the one asked for', async () => {
  const first = await run('profile', 'numbers.nabla.json')
  expect(first.out).toContain('What the columns say about "heat"')
  const other = await run('profile', 'numbers.nabla.json', '--target', 'dust')
  expect(other.out).toContain('What the columns say about "dust"')
  const none = await run('profile', 'numbers.nabla.json', '--target', 'a')
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('unknown-target') as string })
})
