import { expect, test } from 'vitest'
import { classReports } from '../../../renderer/panels/evaluate/class-report'

// Worked by hand from the definitions (true class in rows, predicted in columns):
// precision 8/9, 5/11, –; recall 8/10, 5/5, 0/5; f1 16/19, 10/16, 0.
const counts = [
  [8, 2, 0],
  [0, 5, 0],
  [1, 4, 0],
]

test('precision, recall and F1 of each class are those of its row and column', () => {
  const [a, b, c] = classReports(['a', 'b', 'c'], counts)
  expect(a).toMatchObject({ name: 'a', precision: 8 / 9, recall: 0.8, rows: 10 })
  expect(a!.f1).toBeCloseTo(16 / 19, 12)
  expect(b).toMatchObject({ precision: 5 / 11, recall: 1, f1: 10 / 16, rows: 5 })
  expect(c).toMatchObject({ precision: null, recall: 0, f1: 0, rows: 5 })
})

test('a class that is neither there nor said has no numbers', () => {
  const [, b] = classReports(['a', 'b'], [[3, 0], [0, 0]]) // prettier-ignore
  expect(b).toEqual({ name: 'b', precision: null, recall: null, f1: null, rows: 0 })
})
