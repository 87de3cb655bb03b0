import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nabla } from './run-in-test'

let folder = ''
const run = (...typed: string[]) => nabla({ folder }, ...typed)

/** Two shops in turn; what is sold tomorrow is what was sold yesterday and today together, and 5 more where it is open. */
const days = 60
const lines = ['a', 'b'].flatMap((shop, s) => {
  const sold = [s + 1, s + 2]
  for (let day = 2; day < days; day++) sold.push(((sold[day - 1]! + sold[day - 2]!) % 50) + (day % 3 ? 5 : 0))
  return sold.map(
    (value, day) =>
      `${new Date(Date.UTC(2024, 0, day + 1)).toISOString().slice(0, 10)},${shop},${value},${day % 3 ? 'yes' : 'no'}`,
  )
})
const header = 'day,shop,sold,is open'

const experiment = {
  nabla: 1,
  data: {
    source: 'shops.csv',
    columns: {
      day: { role: 'time' },
      shop: { role: 'group' },
      sold: { role: 'feature' },
      'is open': { role: 'feature' },
      two: { role: 'feature' },
      open: { role: 'feature', missing: 'drop' },
      tomorrow: { role: 'target' },
    },
    derived: [
      { name: 'before', lag: { column: 'sold', steps: 1 } },
      { name: 'two', formula: '`sold` + before' },
      { name: 'open', formula: '`is open` * before' },
      { name: 'tomorrow', lead: { column: 'sold', steps: 1 } },
    ],
    split: { strategy: 'time' },
  },
  network: [{ type: 'output' }],
  training: { epochs: 3 },
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-derived-'))
  writeFileSync(join(folder, 'shops.csv'), [header, ...lines].join('\n'))
  writeFileSync(join(folder, 'e.json'), JSON.stringify(experiment))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Prediction {
  type: string
  prediction: number
}
const predictions = async (file: string): Promise<number[]> => {
  const answer = await run('--json', 'predict', 'r', file)
  expect(answer.code, answer.err).toBe(0)
  const objects = answer.objects<Prediction>().filter(({ type }) => type === 'prediction')
  return objects.map(({ prediction }) => prediction)
}

describe('computed columns', () => {
  it('are checked, trained on and judged, with what each split holds', async () => {
    const checked = await run('check', 'e.json')
    expect(checked.code, checked.err).toBe(0)
    expect(checked.out).toContain('Split: time by "day"')
    expect(checked.out).toMatch(/train +\d+ .* 2 +2024-01-02 +2024-02-09/)
    expect((await run('train', 'e.json', '--out', 'r')).code).toBe(0)
    const judged = await run('--json', 'evaluate', 'r', 'shops.csv')
    expect(judged.code, judged.err).toBe(0)
    // 120 rows less the last of each shop, which has no tomorrow.
    expect(judged.objects<{ splits: { test: { rows: number } } }>().at(-1)!.splits.test.rows).toBe(118)
    const kept = JSON.parse(readFileSync(join(folder, 'r', 'experiment.json'), 'utf8')) as typeof experiment
    expect(kept.data.derived).toEqual(experiment.data.derived)
    expect(kept.data.columns).toHaveProperty('before.type', 'integer')
    expect(kept.data.split).toMatchObject({ strategy: 'time', by: 'day' })
  })

  it('are computed anew for a further file from its own history: rows of the same history, the same predictions', async () => {
    // The last days of both shops, in another order of columns and rows, without the first days.
    const late = lines.filter((line) => line >= '2024-01-20').reverse()
    const turned = late.map((line) => line.split(',').reverse().join(','))
    writeFileSync(join(folder, 'late.csv'), [header.split(',').reverse().join(','), ...turned].join('\n'))
    const [all, some] = [await predictions('shops.csv'), await predictions('late.csv')]
    const told = await run('predict', 'r', 'late.csv', '-o', 'late.out.csv')
    // The first row of each of the two shops.
    expect(told.out + told.err).toContain(
      'Column "before": 2 rows without the earlier rows that it comes from',
    )
    const whole = new Map(lines.map((line, row) => [line, all[row]!]))
    late.forEach((line, row) => {
      if (line.startsWith('2024-01-20')) expect(some[row]).not.toBeCloseTo(whole.get(line)!, 6)
      else expect(some[row]).toBeCloseTo(whole.get(line)!, 9)
    })
  })

  it('ask a further file for what they are computed from', async () => {
    writeFileSync(join(folder, 'short.csv'), 'day,sold,is open\n2024-01-01,3,yes\n2024-01-02,4,no\n')
    const answer = await run('predict', 'r', 'short.csv')
    expect(answer.code).toBe(2)
    expect(answer.err).toContain('"shop"')
  })

  it('are told with their place where they cannot be computed', async () => {
    const data = { ...experiment.data, derived: [{ name: 'x', formula: 'sold +* 2' }], columns: {} }
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ ...experiment, data }))
    const answer = await run('check', 'bad.json')
    expect(answer.code).toBe(2)
    expect(answer.err).toContain('at character 7')
    expect(answer.err).toContain('data › derived › entry 1 › formula')
  })
})
