import { describe, expect, it } from 'vitest'
import type { Kind } from '../../../core/catalog/kind'
import type { Registry } from '../../../core/catalog/registry'
import { layers } from '../../../core/layers/registry'
import { losses } from '../../../core/losses/registry'
import { optimizers } from '../../../core/optimizers/registry'
import { schedules } from '../../../core/schedules/registry'
import activations from '../../goldens/activations.json'
import activations2 from '../../goldens/activations2.json'
import attention from '../../goldens/attention.json'
import blocks from '../../goldens/blocks.json'
import dense from '../../goldens/dense.json'
import fullBatch from '../../goldens/full_batch.json'
import lacking from '../../goldens/lacking.json'
import losses1 from '../../goldens/losses.json'
import losses2 from '../../goldens/losses2.json'
import norms from '../../goldens/norms.json'
import optimizers1 from '../../goldens/optimizers.json'
import optimizers2 from '../../goldens/optimizers2.json'
import recurrent from '../../goldens/recurrent.json'
import schedules1 from '../../goldens/schedules.json'
import schedules2 from '../../goldens/schedules2.json'
import spatial from '../../goldens/spatial.json'

interface Golden {
  readonly type: string
  /** Steps of an optimizer or a schedule. */
  readonly steps?: number
}

const elementwise = [activations.activations, activations2.activations].flatMap(Object.keys)
const layerCases = [activations2, attention, blocks, dense, norms, recurrent].flatMap(({ cases }) =>
  cases.map(({ entry }) => entry.type),
)

/** What the files of golden numbers hold, by room; other tests compare each of them. */
const goldens: Readonly<Record<string, readonly Golden[]>> = {
  layers: [
    ...elementwise.map((name) => (name === 'gelu-tanh' ? 'gelu' : name)),
    ...layerCases,
    ...spatial.cases.map(({ type }) => type),
  ].map((type) => ({ type })),
  losses: [...losses1.cases, ...losses2.cases].map(({ loss }) => ({ type: loss })),
  optimizers: [
    ...[...optimizers1.runs, ...optimizers2.runs].map((run) => ({
      type: run.optimizer,
      steps: run.values.length,
    })),
    ...fullBatch.runs.map((run) => ({ type: run.optimizer.type, steps: run.losses.length })),
  ],
  schedules: [...schedules1.cases, ...schedules2.cases].map(({ schedule, rates }) => ({
    type: schedule,
    steps: rates.length,
  })),
}

const steps: Readonly<Record<string, number>> = { optimizers: 50, schedules: 200 }

const rooms: [string, Registry<Kind>][] = [
  ['layers', layers],
  ['losses', losses],
  ['optimizers', optimizers],
  ['schedules', schedules],
]

describe.each(rooms)('of the %s', (room, registry) => {
  const entries = lacking.kinds.filter((entry) => entry.room === room)
  const proven = new Set(goldens[room]!.map(({ type }) => type))

  it('each has golden numbers from PyTorch, or the list says what stands in for them', () => {
    const excused = entries.filter(({ golden }) => !golden).map(({ kind }) => kind)
    const left = registry.list.map(({ type }) => type).filter((type) => !proven.has(type))
    expect(left.sort()).toEqual(excused.sort())
  })

  it('the list names kinds that there are, once, and tells what they were compared with', () => {
    expect(entries.filter(({ kind }) => !registry.has(kind))).toEqual([])
    expect(new Set(entries.map(({ kind }) => kind)).size).toBe(entries.length)
    for (const { lacks, comparedWith, golden, kind } of entries) {
      expect([kind, lacks.length > 10, comparedWith.length > 20]).toEqual([kind, true, true])
      expect([kind, golden]).toEqual([kind, proven.has(kind)])
    }
  })
})

it.each(Object.entries(steps))('the goldens of %s go over all %i steps', (room, wanted) => {
  expect(goldens[room]!.filter((golden) => golden.steps! < wanted)).toEqual([])
})

it('every entry of the list is of one of these rooms', () => {
  expect(lacking.kinds.filter(({ room }) => !(room in goldens))).toEqual([])
})
