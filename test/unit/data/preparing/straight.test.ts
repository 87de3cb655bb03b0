import { describe, expect, it } from 'vitest'
import { openNumberColumn } from '../../../../core/data/preparing/number-columns'
import { clips, scales } from '../../../../core/data/preparing/registries'
import type { FittedColumn } from '../../../../core/data/preparing/fitted'
import type { NumericColumn } from '../../../../core/data/table'
import { createRandom } from '../../../../core/random/create-random'

const random = createRandom(7)
const values = Float64Array.from({ length: 500 }, () =>
  random.uniform() < 0.1 ? NaN : 3 + 40 * random.normal(),
)
values.set([0, -0, 1e300, -1e-300])
const column: NumericColumn = { name: 'x', type: 'number', values, reason: '' }
const rows = Uint32Array.from({ length: 300 }, (_, i) => i + (i % 7)).sort()
const filled = values.filter((value) => !Number.isNaN(value))

const fittedWith = (scale: string, clip: string): FittedColumn => ({
  ...{ column: 'x', type: 'number', fill: 2.5, start: 0, width: 1, encode: { type: 'number' } },
  scales: [{ type: scale, ...scales.get(scale).fit(filled, {}) }],
  ...(clip !== 'none' && {
    clip: clips.get(clip).limits(filled.slice().sort(), clips.get(clip).schema.parse({})),
  }),
})

const straight = scales.list.filter(({ straight }) => straight).map(({ type }) => type)

describe('a column of numbers that is written in one pass', () => {
  it('is one whose scale is a line', () => {
    expect([...straight].sort()).toEqual(['min-max', 'none', 'robust', 'standard'])
  })

  it.each(straight.flatMap((scale) => clips.list.map(({ type }) => [scale, type] as const)))(
    'has the same bits as step by step: scale %s, clip %s',
    (scale, clip) => {
      const { write, writeStrided } = openNumberColumn(fittedWith(scale, clip), column)
      const [slow, quick] = [new Float64Array(250), new Float32Array(1 + 250 * 3).fill(9)]
      write(rows, 40, 250, slow)
      writeStrided!(rows, 40, 250, quick, 1, 3)
      const every = quick.filter((_, i) => i % 3 === 1)
      expect(new Uint32Array(every.buffer)).toEqual(new Uint32Array(Float32Array.from(slow).buffer))
      expect(quick.filter((_, i) => i % 3 !== 1)).toEqual(new Float32Array(501).fill(9))
    },
  )
})
