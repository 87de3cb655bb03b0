import { expect, test } from 'vitest'
import type { LayerEntry } from '../../../core/experiment/schema'
import { findRawCodes } from '../../../core/network/raw-codes'

const output = { type: 'output' }
const dense = { type: 'dense', units: 4 }
/** Looks up one input, counted from 1, or all of them for 0. */
const embedding = (column: number) => ({ type: 'embedding', vocabulary: 9, dimensions: 2, column })

/** Columns that the network computes with as numbers, of two that come as codes before three measurements. */
function rawOf(...layers: LayerEntry[]): (string | undefined)[] {
  const definition = {
    layers: [...layers, output],
    inputs: 5,
    target: { type: 'number', column: 'y' } as const,
  }
  return findRawCodes(definition, ['street', 'shop']).map(({ place }) => place?.column)
}

test('codes that no embedding looks up are told, each at its column', () => {
  expect(rawOf(dense)).toEqual(['street', 'shop'])
  expect(rawOf()).toEqual(['street', 'shop'])
  expect(rawOf(embedding(2), dense)).toEqual(['street'])
  expect(rawOf(embedding(1), dense)).toEqual(['shop'])
})

test('codes that are looked up are not, also where others have moved into their place', () => {
  expect(rawOf(embedding(2), embedding(1), dense)).toEqual([])
  expect(rawOf(embedding(1), embedding(1), dense)).toEqual([])
  expect(rawOf(embedding(0), { type: 'flatten' }, dense)).toEqual([])
})

test('an embedding after another layer looks up what that layer made', () => {
  expect(rawOf(dense, embedding(1))).toEqual(['street', 'shop'])
})

test('one branch of a block that looks a column up is enough', () => {
  const parallel = { type: 'parallel', branches: [[dense], [embedding(2), dense]] }
  expect(rawOf(parallel)).toEqual(['street'])
})

test('a network that does not fit is left to its own problem', () => {
  expect(rawOf({ type: 'conv2d' })).toEqual([])
})

test('without codes there is nothing to tell', () => {
  const definition = { layers: [output], inputs: 5, target: { type: 'number', column: 'y' } as const }
  expect(findRawCodes(definition, [])).toEqual([])
})
