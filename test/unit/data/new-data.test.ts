import { describe, expect, it } from 'vitest'
import { applyFeatures, applyTarget, targetRows, typesForPrediction } from '../../../core/data/apply'
import { expandFeatures } from '../../../core/data/features'
import { decodePredictions } from '../../../core/data/prediction'
import { prepareData } from '../../../core/data/prepare'
import { experimentOn, pageOf, tableOf } from './tables'

const training = tableOf({
  size: ['1', '2', '3', '4'],
  colour: ['red', 'blue', 'red', 'blue'],
  moist: ['yes', 'no', 'no', 'yes'],
  kind: ['a', 'b', 'a', 'c'],
})
const { preprocessing, features } = prepareData(
  training,
  experimentOn({ columns: { kind: { role: 'target' } }, split: { train: 1, validation: 0, test: 0 } }),
)
const types = typesForPrediction(preprocessing)
const inputsOf = (applied: ReturnType<typeof applyFeatures>): number[] => [
  ...expandFeatures(applied.features),
]

describe('new data', () => {
  it('is read with the types of training, so that few rows mislead nobody', () => {
    expect(types).toEqual({ size: 'number', colour: 'category', moist: 'category', kind: 'category' })
    const table = tableOf({ moist: ['YES'], size: ['4'], more: ['x'], colour: ['blue'] }, types)
    expect(inputsOf(applyFeatures(preprocessing, table))).toEqual([...expandFeatures(features).slice(12, 16)])
  })

  it('gives zeros for a level never seen, and counts it', () => {
    const table = tableOf(
      { colour: ['violet', '', 'red'], size: ['1', '1', ''], moist: ['maybe', 'no', ''] },
      types,
    )
    const applied = applyFeatures(preprocessing, table)
    expect(preprocessing.inputNames).toEqual(['size', 'colour = blue', 'colour = red', 'moist = yes'])
    const colours = [0, 1, 2].map((row) => inputsOf(applied).slice(row * 4 + 1, row * 4 + 3))
    expect(colours).toEqual([[0, 0], [1, 0], [0, 1]]) // prettier-ignore
    expect(inputsOf(applied)[8]).toBe(0)
    expect(applied.unseen).toBe(2)
  })

  it('needs the columns of training', () => {
    const table = tableOf({ Size: ['1'], colour: ['red'], moist: ['no'] }, types)
    expect(pageOf(() => applyFeatures(preprocessing, table))).toEqual({
      code: 'missing-column',
      expected: 'a column "size", which the network was trained with',
      came: 'the columns Size, colour, moist',
      advice: 'If "Size" is meant, rename it to "size".',
      place: { file: 'table.csv', column: 'size' },
    })
  })

  it('may hold targets in some rows, of known classes only', () => {
    const table = tableOf({ kind: ['c', '', 'a'] }, types)
    const rows = targetRows(preprocessing, table)
    expect([...rows]).toEqual([0, 2])
    expect([...applyTarget(preprocessing, table, rows).values]).toEqual([0, 0, 1, 1, 0, 0])
    const strange = tableOf({ kind: ['a', 'd'] }, types)
    expect(pageOf(() => applyTarget(preprocessing, strange))).toEqual({
      code: 'unknown-class',
      expected: 'one of the classes that the network knows: a, b, c',
      came: '"d"',
      advice: 'Correct the cell, or leave the row out.',
      place: { column: 'kind', row: 2 },
    })
  })

  it('survives being saved as JSON', () => {
    const saved = JSON.parse(JSON.stringify(preprocessing)) as typeof preprocessing
    expect(applyFeatures(saved, training).features).toEqual(features)
  })
})

describe('a prediction', () => {
  it('is the likeliest class, or the number in its own unit', () => {
    expect(decodePredictions(preprocessing.target, [0.2, 0.7, 0.1])[0]).toEqual({
      type: 'class',
      label: 'b',
      index: 1,
      probabilities: [0.2, 0.7, 0.1],
    })
    const binary = { type: 'binary', column: 'k', classes: ['no', 'yes'], scale: { type: 'none' } } as const
    expect(decodePredictions(binary, [0.75])[0]).toEqual({
      type: 'class',
      label: 'yes',
      index: 1,
      probabilities: [0.25, 0.75],
    })
    expect(
      decodePredictions(
        { type: 'number', column: 'p', scale: { type: 'standard', offset: 10, factor: 4 } },
        [-0.5],
      )[0],
    ).toEqual({
      type: 'number',
      value: 8,
    })
  })
})
