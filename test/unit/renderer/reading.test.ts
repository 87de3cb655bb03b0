import { describe, expect, test } from 'vitest'
import type { ColumnSummary } from '../../../core/data/prepared'
import { fileNameFor } from '../../../renderer/paths'
import { followReading } from '../../../renderer/stores/follow-reading'

const read = (columns: Record<string, [ColumnSummary['type'], ColumnSummary['role']]>) =>
  new Map(
    Object.entries(columns).map(([name, [type, role]]) => [
      name,
      { name, type, role, reason: '', count: 9, missing: 0, distinct: 9 },
    ]),
  )

describe('a file read in another way', () => {
  const before = read({
    price: ['text', 'ignore'],
    town: ['category', 'feature'],
    zip: ['number', 'feature'],
  })
  const after = read({ price: ['number', 'feature'], town: ['category', 'feature'], zip: ['text', 'ignore'] })

  test('takes along what only repeated the old reading', () => {
    expect(followReading({ price: { role: 'ignore' } }, before, after)).toEqual({
      price: { role: 'feature' },
    })
    const scaled = { role: 'feature', type: 'number', scale: 'min-max' } as const
    expect(followReading({ zip: scaled }, before, after)).toEqual({ zip: { role: 'ignore' } })
  })

  test('leaves what somebody chose, and what reads as before', () => {
    const chosen = { role: 'feature', type: 'category' } as const
    expect(followReading({ zip: chosen }, before, after)).toEqual({ zip: chosen })
    const same = { role: 'ignore', type: 'category' } as const
    expect(followReading({ town: same }, before, after)).toEqual({ town: same })
    expect(followReading({ price: { role: 'target' } }, before, after)).toEqual({ price: { role: 'target' } })
  })

  test('loses columns that are gone, and nothing where the old reading had failed', () => {
    expect(followReading({ gone: { role: 'feature' } }, before, after)).toEqual({})
    expect(followReading({ price: { role: 'ignore' } }, new Map(), after)).toEqual({
      price: { role: 'ignore' },
    })
  })
})

test('any name makes a file name that every system takes', () => {
  expect(fileNameFor('iris', '.nabla.json')).toBe('iris.nabla.json')
  expect(fileNameFor('a/b\\c: "d"?', '-weights.npz')).toBe('a-b-c- -d--weights.npz')
  expect(fileNameFor('../..', '.svg')).not.toContain('/')
  expect(fileNameFor('x'.repeat(600), '.csv')).toHaveLength(104)
  expect(fileNameFor('', 'loss.svg')).toBe('loss.svg')
})
