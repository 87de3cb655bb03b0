import { expect, it } from 'vitest'
import { sortKeys } from '../../../core/metrics/sort-keys'
import { createRandom } from '../../../core/random/create-random'

it.each([0, 1, 2, 7, 399, 400, 401, 5000])(
  'sorts %i keys as arrays do themselves, equal ones among them',
  (count) => {
    const random = createRandom(count)
    const bounds = [2, 100, 2 ** 32]
    for (const bound of bounds) {
      const keys = Uint32Array.from({ length: count }, () => random.integer(bound))
      expect([...sortKeys(keys.slice())]).toEqual([...keys].sort((a, b) => a - b))
    }
  },
)

it('leaves what lies around the keys alone', () => {
  const all = Uint32Array.from({ length: 1000 }, (_, i) => 1000 - i)
  sortKeys(all.subarray(100, 900))
  expect([all[99], all[100], all[899], all[900]]).toEqual([901, 101, 900, 100])
})
