import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../core/data/prepare'
import type { TargetPart } from '../../../core/data/prepared'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { losses } from '../../../core/losses/registry'
import { resolveLoss } from '../../../core/network/loss'
import { experimentOn, pageOf, tableOf } from '../data/tables'
import { partsOf } from '../../../core/data/target-parts'

const table = tableOf({
  size: ['1.5', '2.5', '0.5', '3.5', '1', '2'],
  visits: ['0', '3', '1', '7', '2', '2'],
  change: ['1.5', '-2', '0', '1', '2', '3'],
  trust: ['1', '2.5', '0.5', '1', '1', '4'],
})
const split = { train: 1, validation: 0, test: 0, strategy: 'sequential' } as const
const prepare = (columns: ExperimentInput['data']['columns'], loss?: string) =>
  prepareData(table, experimentOn({ columns, split }, loss ? { loss: { type: loss } } : {}))

describe('a target of counts', () => {
  it('stays in its own unit for the Poisson loss, and is scaled for others', () => {
    const counts = prepare({ visits: { role: 'target' } }, 'poisson')
    expect([...counts.targets.values]).toEqual([0, 3, 1, 7, 2, 2])
    expect(partsOf(counts.preprocessing.target)[0]!.scale).toEqual({ type: 'none' })
    const scaled = prepare({ visits: { role: 'target' } }).preprocessing.target
    expect(partsOf(scaled)[0]!.scale.offset).toBe(2.5)
  })

  it('is refused scaled, with the column and the setting', () =>
    expect(pageOf(() => prepare({ visits: { role: 'target', scale: 'standard' } }, 'poisson'))).toEqual({
      code: 'scaled-target',
      expected: 'a target in its own unit, as the loss poisson needs it',
      came: 'the scale "standard"',
      advice: 'Set the scale of "visits" to "none", or take the loss mean-squared-error.',
      place: { column: 'visits', path: 'data.columns.visits.scale' },
    }))

  it('is refused below 0, with the row', () =>
    expect(pageOf(() => prepare({ change: { role: 'target' } }, 'poisson'))).toEqual({
      code: 'target-too-small',
      expected: 'a target of 0 or more, as the loss poisson needs it',
      came: '-2',
      advice: 'Correct the cell, or take a loss for any number such as mean-squared-error.',
      place: { column: 'change', row: 2 },
    }))
})

describe('a column of weights', () => {
  it('goes beside features and target, as it is', () => {
    const data = prepare({ visits: { role: 'target' }, trust: { role: 'weight' } })
    expect([...data.weights!.values]).toEqual([1, 2.5, 0.5, 1, 1, 4])
    expect(data.preprocessing.inputNames).toEqual(['size', 'change'])
    expect(prepare({ visits: { role: 'target' } }).weights).toBeUndefined()
  })

  it('is refused twice, without numbers, and with a weight that is not above 0', () => {
    const twice = { visits: { role: 'target' }, trust: { role: 'weight' }, size: { role: 'weight' } } as const
    expect(pageOf(() => prepare(twice))).toMatchObject({
      code: 'two-weights',
      came: '2: "size", "trust"',
    })
    expect(pageOf(() => prepare({ trust: { role: 'target' }, visits: { role: 'weight' } }))).toMatchObject({
      code: 'bad-weight',
      came: '0',
      place: { column: 'visits', row: 1 },
    })
    const words = { visits: { role: 'target' }, trust: { role: 'weight', type: 'category' } } as const
    expect(pageOf(() => prepare(words))).toMatchObject({ code: 'bad-weight', place: { column: 'trust' } })
  })
})

const targets: TargetPart[] = [
  { type: 'number', column: 'y' },
  { type: 'binary', column: 'y', classes: ['no', 'yes'] },
  { type: 'category', column: 'y', classes: ['a', 'b', 'c'] },
]
const best = {
  number: 'mean-squared-error',
  binary: 'binary-cross-entropy',
  category: 'softmax-cross-entropy',
}
const misfits = targets.flatMap((target) =>
  losses.list
    .filter((kind) => !kind.targets.includes(target.type))
    .map(({ type }) => ({ type, name: target.type, target })),
)

describe('a loss that does not fit', () => {
  it.each(misfits)('$type is refused for a $name target, naming those that fit', ({ type, target }) => {
    const page = pageOf(() => resolveLoss({ type }, target))
    expect(page).toMatchObject({ code: 'loss-target', came: type, place: { path: 'loss.type', column: 'y' } })
    expect(page.advice).toContain(`Take ${best[target.type]} `)
    for (const kind of losses.list)
      if (page.advice.includes(` ${kind.type}`)) expect(kind.targets).toContain(target.type)
  })
})
