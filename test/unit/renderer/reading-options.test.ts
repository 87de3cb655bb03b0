import { describe, expect, it } from 'vitest'
import { meaningOf, textOf } from '../../../renderer/panels/data/reading-options'

const markers = { kind: 'list', setting: 'missing' } as const
const comment = { kind: 'text', setting: 'comment' } as const

describe('fields of the reading options', () => {
  it('take missing markers with commas and quotes in them, and show them as they can be typed', () => {
    expect(meaningOf(markers, 'NA, "not, measured" ,?')).toEqual(['', 'NA', 'not, measured', '?'])
    expect(meaningOf(markers, ' , ')).toEqual([''])
    for (const list of [
      ['', 'NA', '-'],
      ['', '9,999'],
      ['', '"x"', 'say "a, b"'],
      ['', 'n"a'],
    ])
      expect(meaningOf(markers, textOf(markers, list))).toEqual(list)
  })

  it('let the user say that no line is a comment', () => {
    expect(meaningOf(comment, 'none')).toBe('')
    expect(textOf(comment, '')).toBe('none')
    expect(meaningOf(comment, '')).toBeUndefined()
    expect(meaningOf(comment, ' # ')).toBe('#')
  })
})
