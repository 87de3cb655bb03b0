import { expect, it } from 'vitest'
import { numbersFrom, numbersInWords } from '../../../renderer/widgets/words'

it('a list of numbers is read as it is written, and half a list is left to be refused', () => {
  expect(numbersFrom('8, 8,1')).toEqual([8, 8, 1])
  expect(numbersFrom('3')).toEqual([3])
  expect(numbersFrom('-1, 4')).toEqual([-1, 4])
  for (const text of ['', '8,', '8, x', ', 8']) expect(numbersFrom(text)).toBe(text)
})

it('a list, a single number and refused text are shown as typed', () => {
  expect(numbersInWords([8, 8, 1])).toBe('8, 8, 1')
  expect(numbersInWords(3)).toBe('3')
  expect(numbersInWords('8,')).toBe('8,')
  expect(numbersInWords(undefined)).toBe('')
})
