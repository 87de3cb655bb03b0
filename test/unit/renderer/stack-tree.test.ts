import { describe, expect, test } from 'vitest'
import type { ColumnSummary } from '../../../core/data/prepared'
import { describeNetwork } from '../../../core/network/describe'
import { imagePreset } from '../../../renderer/panels/design/image-preset'
import { rowsOf } from '../../../renderer/panels/design/stack-rows'
import * as tree from '../../../renderer/panels/design/stack-tree'

const network = tree.withBranches([
  { type: 'relu' },
  { type: 'residual', layers: [{ type: 'dense', units: 4 }, { type: 'tanh' }] },
  { type: 'parallel' },
  { type: 'output' },
])

/** The types as `relu residual(dense tanh) …`, from the entries themselves. */
const typesOf = (entries: readonly { type: string; [name: string]: unknown }[]): string =>
  entries
    .map(({ type, layers, branches }) => {
      if (type === 'residual') return `residual(${typesOf(layers as typeof entries)})`
      if (type !== 'parallel') return type
      return `parallel(${(branches as (typeof entries)[]).map(typesOf).join(' | ')})`
    })
    .join(' ')

describe('layers inside blocks', () => {
  test('are there also where a file leaves them to the defaults', () => {
    expect(typesOf(network)).toBe('relu residual(dense tanh) parallel(dense | dense) output')
  })

  test.each([
    ['0', '1.layers.1', '0.layers.1', 'residual(dense relu tanh) parallel(dense | dense) output'],
    ['0', '2.branches.1.0', '1.branches.1.0', 'residual(dense tanh) parallel(dense | relu dense) output'],
    ['1.layers.1', '1', '1', 'relu tanh residual(dense) parallel(dense | dense) output'],
    ['1.layers.0', '2', '2', 'relu residual(tanh) dense parallel(dense | dense) output'],
    ['1.layers.0', '1.layers.2', '1.layers.1', 'relu residual(tanh dense) parallel(dense | dense) output'],
    ['1', '2.branches.0.1', '1.branches.0.1', 'relu parallel(dense residual(dense tanh) | dense) output'],
    ['1.layers.0', '4', '3', 'relu residual(tanh) parallel(dense | dense) dense output'],
  ])('%s moves into the gap %s and is %s then', (from, gap, at, types) => {
    const moved = tree.moveTo(network, from, gap)
    expect(typesOf(moved.network)).toBe(types)
    expect(moved.at).toBe(at)
    expect(typesOf([tree.entryAt(moved.network, moved.at)!])).toBe(typesOf([tree.entryAt(network, from)!]))
  })

  test.each([
    ['a block into itself', '1', '1.layers.1'],
    ['the last layer out of its branch', '2.branches.0.0', '0'],
    ['the output layer into a block', '3', '1.layers.0'],
  ])('%s does not move', (_, from, gap) => {
    expect(tree.moveTo(network, from, gap)).toEqual({ network, at: from })
  })

  test('the keyboard leads out of a block at its ends', () => {
    expect(tree.stepGap(network, '1.layers.0', -1)).toBe('1')
    expect(tree.stepGap(network, '1.layers.0', 1)).toBe('1.layers.2')
    expect(tree.stepGap(network, '1.layers.1', 1)).toBe('2')
    expect(tree.stepGap(network, '2.branches.0.0', 1)).toBe('3')
    expect(tree.stepGap(network, '0', -1)).toBeUndefined()
  })

  test('a place that an undo took away becomes the nearest', () => {
    expect(tree.nearest(network, '1.layers.7')).toBe('1.layers.1')
    expect(tree.nearest(network, '0.layers.1')).toBe('0')
    expect(tree.nearest(network, '9.branches.0.0')).toBe('3')
  })

  test('a problem is told at the layer that has it', () => {
    const wrong = tree.insertAt(network, '1.layers.1', { type: 'max-pool2d' }).network
    const target = { column: 'y', type: 'number' } as Parameters<typeof describeNetwork>[0]['target']
    const { layers, problems } = describeNetwork({ layers: wrong, inputs: 4, target })
    const rows = rowsOf(wrong, layers, problems).flatMap((row) => (row.kind === 'layer' ? [row] : []))
    expect(rows.filter(({ problem }) => problem).map(({ place }) => place)).toEqual(['1.layers.1'])
    expect(rows.filter(({ isTroubled }) => isTroubled).map(({ place }) => place)).toEqual(['1'])
    const shapes = Object.fromEntries(rows.map(({ place, report }) => [place, report?.outputShape]))
    expect([shapes['1.layers.0'], shapes['1.layers.1'], shapes['1']]).toEqual([[4], null, null])
  })
})

describe('the network for images', () => {
  const columnsOf = (count: number, change: Partial<ColumnSummary> = {}): ColumnSummary[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ name: `p${change.role}${index}`, type: 'number', role: 'feature', reason: '' },
      ...{ count: 9, missing: 0, distinct: 9, minimum: 0, maximum: 16 },
      ...change,
    }))
  const presetOf = (...columns: ColumnSummary[]) => imagePreset({ columns, settings: {}, targets: ['y'] })

  test('is offered for a square of pixels and for nothing else', () => {
    expect(presetOf(...columnsOf(16))?.network[0]).toEqual({ type: 'reshape', shape: [4, 4, 1] })
    expect(presetOf(...columnsOf(9))).toBeUndefined()
    expect(presetOf(...columnsOf(17))).toBeUndefined()
    expect(presetOf(...columnsOf(15), ...columnsOf(1, { type: 'category', role: 'feature' }))).toBeUndefined()
  })

  test('counts pixels that never change, but no column that was left out for another reason', () => {
    const blank = columnsOf(2, { role: 'ignore', maximum: 0 })
    expect(presetOf(...columnsOf(14), ...blank)?.hint).toContain('4 × 4')
    expect(presetOf(...columnsOf(16), ...blank)?.hint).not.toContain('one value')
    expect(presetOf(...columnsOf(14), ...columnsOf(2, { role: 'ignore' }))).toBeUndefined()
  })
})
