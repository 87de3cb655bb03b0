import { describe, expect, test } from 'vitest'
import { insertLayer, isFixed, moveLayer, removeLayer } from '../../../renderer/panels/design/stack-edits'
import { moveSource } from '../../../renderer/paths'
import { createHistory } from '../../../renderer/stores/history'
import { nudge, readNumber } from '../../../renderer/widgets/read-number'

const stackOf = (...types: string[]) => types.map((type) => ({ type }))
const typesOf = (stack: readonly { type: string }[]) => stack.map(({ type }) => type).join(' ')

describe('the stack of layers', () => {
  const stack = stackOf('dense', 'relu', 'tanh', 'output')

  test('takes a layer into any gap, but never behind the output layer', () => {
    expect(typesOf(insertLayer(stack, 0, { type: 'gelu' }).stack)).toBe('gelu dense relu tanh output')
    expect(insertLayer(stack, 9, { type: 'gelu' })).toMatchObject({ at: 3 })
    expect(typesOf(insertLayer(stack, 9, { type: 'gelu' }).stack)).toBe('dense relu tanh gelu output')
  })

  test('counts gaps as they were before the move', () => {
    expect(typesOf(moveLayer(stack, 0, 2).stack)).toBe('relu dense tanh output')
    expect(typesOf(moveLayer(stack, 2, 0).stack)).toBe('tanh dense relu output')
    expect(moveLayer(stack, 1, 1).at).toBe(1)
    expect(moveLayer(stack, 1, 2).at).toBe(1)
  })

  test('keeps the output layer at its end, and lets one elsewhere be mended', () => {
    expect(typesOf(removeLayer(stack, 3))).toBe(typesOf(stack))
    expect(typesOf(moveLayer(stack, 3, 0).stack)).toBe(typesOf(stack))
    const wrong = stackOf('output', 'dense')
    expect(isFixed(wrong, 0)).toBe(false)
    expect(typesOf(moveLayer(wrong, 0, 2).stack)).toBe('dense output')
  })
})

describe('undo', () => {
  test('joins quick changes with one key and keeps others apart', () => {
    let time = 0
    const history = createHistory<string>(() => time)
    history.reset('')
    history.push('a', 'type', 'name')
    time = 500
    history.push('ab', 'type', 'name')
    time = 5000
    history.push('abc', 'type', 'name')
    expect(history.undo()).toBe('type')
    expect(history.value.value).toBe('ab')
    history.undo()
    expect(history.value.value).toBe('')
    expect(history.undo()).toBeUndefined()
    history.redo()
    expect(history.value.value).toBe('ab')
    history.push('x', 'other')
    expect(history.redoLabel.value).toBeUndefined()
  })
})

describe('a source that is relative to its file', () => {
  test.each([
    ['iris.csv', '/data', '/home/ada', '../../data/iris.csv'],
    ['../raw/iris.csv', '/data/lab', '/data', 'raw/iris.csv'],
    ['iris.csv', 'C:\\data', 'C:\\data\\lab', '../iris.csv'],
    ['iris.csv', 'C:\\data', 'D:\\lab', 'C:\\data\\iris.csv'],
    ['/fixed/iris.csv', '/data', '/home', '/fixed/iris.csv'],
    ['sample:iris', '', '/home', 'sample:iris'],
  ])('%s of %s is, seen from %s, %s', (source, from, to, expected) => {
    expect(moveSource(source, from, to)).toBe(expected)
  })
})

describe('numbers as people write them', () => {
  test.each([
    ['0.01', 0.01],
    ['1e-3', 0.001],
    ['0,5', 0.5],
    [' −2 ', -2],
    ['.5', 0.5],
    ['1e999', undefined],
    ['12px', undefined],
    ['', undefined],
  ])('%j is %s', (text, value) => expect(readNumber(text)).toBe(value))

  test('the arrow keys step a rate by a tenth of its size and a count by one', () => {
    expect(nudge(0.01, 1, false, false)).toBe(0.011)
    expect(nudge(16, -1, true, false)).toBe(15)
    expect(nudge(16, 1, true, true)).toBe(26)
  })
})
