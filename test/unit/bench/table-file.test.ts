import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeTable } from '../../../core/node/bench/table-file'
import { readTableJob } from '../../../core/node/bench/table-job'
import { readTable } from '../../../core/node/reader/read-table'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-test-'))
  file = join(folder, 'w7.csv')
  writeTable(file, 20_000)
})
afterAll(() => rmSync(folder, { recursive: true }))

it('is the same each time, as large as asked for, and has the columns of W7', async () => {
  const text = readFileSync(file, 'utf8')
  const again = join(folder, 'again.csv')
  writeTable(again, 20_000)
  expect(readFileSync(again, 'utf8')).toBe(text)
  const { table } = await readTable(file, {}, { city: 'category' })
  expect(table.rowCount).toBe(20_000)
  expect(table.columns.map(({ type }) => type)).toEqual([
    ...Array<string>(10).fill('number'),
    'category',
    'category',
  ])
  const words = table.columns.slice(10).map((column) => ('levels' in column ? column.levels.length : 0))
  expect(words).toEqual([8, 500])
  expect(text.length / 20_000).toBeGreaterThan(95)
  const empty = text.split('\n').flatMap((line) => line.split(',').filter((cell) => cell === '')).length
  expect(empty / 240_000).toBeCloseTo(0.01, 3)
})

it('becomes data that is ready to train on', async () => {
  let now = 0
  const answer = await readTableJob(file, 2, () => now++)
  expect(answer).toMatchObject({ first: 1, seconds: [1, 1] })
  // Rows without a target are left out.
  expect(answer.rows).toBeGreaterThan(19_600)
  expect(answer.rows).toBeLessThan(20_000)
})
