import { describe, expect, it } from 'vitest'
import { Place } from '../../../core/backends/place'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { Graph } from '../../../core/graph/graph'
import { input, multiply } from '../../../core/graph/ops'
import type { Plan } from '../../../core/graph/plan'
import { planGraph } from '../../../core/graph/planner'

const seed = { key: [0, 0], step: 0 } as const

function doubling(size: number): Plan {
  const graph = new Graph()
  return planGraph({ graph, outputs: { y: multiply(input(graph, 'x', [size]), 2) } })
}

describe.each([createReferenceBackend, createWasmBackend])('a place of %O', (create) => {
  it('is still the program’s own after others were loaded that made memory move', () => {
    const backend = create()
    const store = backend.createStore({})
    const program = backend.load(doubling(3), store)
    const [x, y] = [Place.input(program, 'x'), Place.output(program, 'y')]
    for (let round = 1; round <= 3; round++) {
      backend.load(doubling(500_000), store)
      x.numbers.set([round, 2, 3])
      program.run(seed)
      expect([...y.numbers]).toEqual([2 * round, 4, 6])
    }
  })

  it('is refused where the program has none of that name', () => {
    const backend = create()
    const program = backend.load(doubling(3), backend.createStore({}))
    expect(() => Place.input(program, 'z')).toThrow(RangeError)
  })
})
