import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createDataKeeper } from '../../../core/node/data/data-keeper'

const folder = mkdtempSync(join(tmpdir(), 'try-reading-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const masses = ['2 kg', '350 g', '-', '3,5', '007']
const cells = Array.from({ length: 40 }, (_, i) => masses[i % masses.length]!)
const files = {
  'crates.csv': ['mass;late', ...cells.map((cell, i) => `${cell};${i % 2 ? 'yes' : 'no'}`), ''].join('\n'),
  'crates.json': JSON.stringify(cells.map((mass, i) => ({ mass, late: i % 2 ? 'yes' : 'no' }))),
}

describe.each(Object.entries(files))('a rule that is tried on %s', (name, text) => {
  const file = join(folder, name)
  writeFileSync(file, text)

  it('is tried on the cells as they are written, missing markers and zeros before a number included', async () => {
    const keeper = createDataKeeper()
    const { at } = await keeper.propose(file)
    const found = await keeper.tryReading(at, 'mass', {
      type: 'number',
      reading: { replace: { '-': '0' }, decimals: 'both', units: { kg: 1, g: 0.001 } },
    })
    expect(found.written.map(({ cell }) => cell).sort()).toEqual([...masses].sort())
    expect(found.missing).toEqual([8, 0])
    expect(found.cells.find(({ written }) => written === '-')).toMatchObject({ before: null, after: '0' })
    expect(found.cells.find(({ written }) => written === '350 g')).toMatchObject({ after: '0.35', rows: 8 })
  })

  it('makes the table what the trial said, once it is applied', async () => {
    const keeper = createDataKeeper()
    const { at } = await keeper.propose(file)
    const wanted = { type: 'number', unreadable: 'missing', reading: { units: { kg: 1, g: 0.001 } } } as const
    const found = await keeper.tryReading(at, 'mass', wanted)
    const columns = { ...at.experiment.data.columns, mass: { role: 'feature', ...wanted } } as const
    const experiment = { ...at.experiment, data: { ...at.experiment.data, columns } }
    const seen = await keeper.preview({ ...at, experiment })
    expect(seen.columns[0]!.missing).toBe(found.missing[1])
  })

  it('is refused for a column that is not there', async () => {
    const keeper = createDataKeeper()
    const { at } = await keeper.propose(file)
    await expect(keeper.tryReading(at, 'mas', {})).rejects.toMatchObject({ code: 'unknown-column' })
  })
})
