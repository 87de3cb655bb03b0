import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createDataKeeper } from '../../../core/node/data/data-keeper'

const folder = mkdtempSync(join(tmpdir(), 'kept-table-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const rows = Array.from({ length: 60 }, (_, i) => `${(i * 37) % 60}.5,${i % 3 ? 'red' : 'blue'},${i % 2}`)

it('a table that an experiment was proposed for is not read again, unless the proposal changed a type', async () => {
  const file = join(folder, 'data.csv')
  writeFileSync(file, ['size,colour,works', ...rows, ''].join('\n'))
  const keeper = createDataKeeper()
  const numbers = await keeper.propose(file, 'size')
  const seen = await keeper.preview(numbers.at)
  expect(seen).toEqual(numbers.preview)
  expect(seen.columns[0]!.reason).toBe('All 60 filled cells are numbers.')

  // 0 and 1 to predict are no and yes.
  const classes = await keeper.propose(file, 'works')
  const again = await keeper.preview(classes.at)
  expect(classes.preview.columns[2]!.type).toBe('integer')
  expect(again.columns[2]).toMatchObject({ type: 'boolean', reason: 'You chose this type.', role: 'target' })
})
