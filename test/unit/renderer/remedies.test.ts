import { describe, expect, it } from 'vitest'
import type { ColumnSummary } from '../../../core/data/prepared'
import type { ColumnSettings } from '../../../core/experiment/schema'
import { toRow } from '../../../renderer/panels/data/column-settings'
import { remediesFor } from '../../../renderer/panels/data/remedies'
import { experimentOn } from '../data/tables'

const page = { code: 'mixed-targets', expected: '', came: '', advice: '' }
const summary = (name: string, rest: Partial<ColumnSummary>): ColumnSummary => ({
  ...{ name, type: 'number', reason: '', role: 'target', count: 9, missing: 0, distinct: 9 },
  ...rest,
})
const columns = {
  price: summary('price', { minimum: 0, maximum: 9 }),
  sold: summary('sold', { type: 'boolean', distinct: 2, top: [{ value: '1', count: 6 }, { value: '0', count: 3 }] }), // prettier-ignore
  late: summary('late', { type: 'boolean', distinct: 2, top: [{ value: 'yes', count: 6 }, { value: 'no', count: 3 }] }), // prettier-ignore
  flag: summary('flag', { type: 'integer', distinct: 2, minimum: 0, maximum: 1 }),
  kind: summary('kind', { type: 'category', distinct: 3, top: [{ value: 'a', count: 9 }] }),
}
type Name = keyof typeof columns
const ways = (...names: Name[]) =>
  remediesFor(
    page,
    names.map((name) => toRow(columns[name])),
  )

describe('targets of unlike kinds', () => {
  it.each<[Name[], string[]]>([
    [['price', 'sold'], ['Read sold as numbers']],
    [['flag', 'late'], ['Read flag as yes/no']],
    [
      ['flag', 'sold'],
      ['Read sold as numbers', 'Read flag as yes/no'],
    ],
    [['price', 'late'], []],
    [['price', 'kind'], []],
    [['flag', 'kind'], []],
  ])('%j can be made alike by %j', (names, buttons) =>
    expect(ways(...names).map(({ button }) => button)).toEqual(buttons),
  )

  it('are made alike in the experiment, and the loss is chosen anew', () => {
    const before: Record<string, ColumnSettings> = {
      price: { role: 'target', type: 'number' },
      sold: { role: 'target', type: 'boolean' },
    }
    const draft = experimentOn({ columns: before }, { loss: { type: 'binary-cross-entropy' } })
    ways('price', 'sold')[0]!.edit(draft)
    expect(draft.data.columns).toEqual({ ...before, sold: { role: 'target', type: 'integer' } })
    expect(draft.loss).toBeUndefined()
  })
})

describe('cells that cannot be read', () => {
  it('are decided upon by the code and the column of their page', () => {
    const draft = experimentOn({ columns: { mass: { type: 'number' } } })
    const [missing] = remediesFor({ ...page, code: 'not-a-number', place: { column: 'mass' } }, [])
    missing!.edit(draft)
    expect(draft.data.columns.mass).toEqual({ type: 'number', unreadable: 'missing' })
    expect(remediesFor({ ...page, code: 'bad-setting' }, [])).toEqual([])
  })
})
