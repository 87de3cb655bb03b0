import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { LabError } from '../../../core/errors/lab-error'
import { fastestBackend, type BackendChoice } from '../../../core/training/fastest-backend'
import { makeData, makeExperiment } from './problem'

/** A clock that only runs while steps are taken, so many seconds for each. */
function raceOf(secondsOfStep: Record<string, number>, epochs = 1000) {
  let now = 0
  const closed: string[] = []
  const choice = (name: string): BackendChoice => ({
    name,
    create: (): Backend => {
      const inner = createReferenceBackend()
      return {
        name,
        precision: inner.precision,
        createStore: (sizes) => inner.createStore(sizes),
        load(plan, store) {
          const program = inner.load(plan, store)
          return {
            input: (input) => program.input(input),
            output: (output) => program.output(output),
            parts: () => program.parts(),
            release: () => program.release(),
            run(seed) {
              now += secondsOfStep[name]!
              program.run(seed)
            },
          }
        },
        close: () => void closed.push(name),
      }
    },
  })
  const experiment = makeExperiment({ training: { epochs, batchSize: 16 } })
  const trial = { experiment, data: makeData('category'), clock: () => now }
  const choices = Object.keys(secondsOfStep).map(choice) as [BackendChoice, ...BackendChoice[]]
  return { choices, trial, closed, spent: () => now }
}

describe('of two backends', () => {
  it('the quicker one is taken, and both are closed again', () => {
    const { choices, trial, closed } = raceOf({ wasm: 0.003, native: 0.001 })
    expect(fastestBackend(choices, trial).name).toBe('native')
    expect(closed).toEqual(['wasm', 'native'])
  })

  it('the first is taken where the other is not clearly quicker', () => {
    for (const native of [0.0031, 0.003, 0.0025]) {
      const { choices, trial } = raceOf({ wasm: 0.003, native })
      expect(fastestBackend(choices, trial).name).toBe('wasm')
    }
  })

  it('each takes a few steps only, however long they are', () => {
    const { choices, trial, spent } = raceOf({ wasm: 20, native: 10 })
    expect(fastestBackend(choices, trial).name).toBe('native')
    expect(spent()).toBe(60)
  })

  it('the first is taken for a training that is over in a moment, and the other not even made', () => {
    const { choices, trial, closed } = raceOf({ wasm: 0.003, native: 0.0001 }, 20)
    expect(fastestBackend(choices, trial).name).toBe('wasm')
    expect(closed).toEqual(['wasm'])
  })

  it('the first is taken where the other cannot be made', () => {
    const { choices, trial } = raceOf({ wasm: 0.003 })
    const missing = (): never => {
      throw new LabError({ code: 'backend-missing', expected: 'it', came: 'nothing', advice: '' })
    }
    const broken = { name: 'native', create: missing }
    expect(fastestBackend([...choices, broken], trial).name).toBe('wasm')
    expect(() => fastestBackend([broken, ...choices], trial)).toThrow(LabError)
  })
})
