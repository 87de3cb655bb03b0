import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { initializers } from '../../../core/initializers/registry'
import { layers } from '../../../core/layers/registry'
import { losses } from '../../../core/losses/registry'
import selftest from '../../../core/node/selftest/selftest.json'
import { optimizers } from '../../../core/optimizers/registry'
import { schedules } from '../../../core/schedules/registry'
import { electronPath } from '../../../electron/setup/electron-path.mjs'
import { buildNabla } from './build-nabla'

interface Kinds {
  readonly list: readonly { readonly type: string }[]
}

/** Every text under one of these keys, at any depth. */
function wordsUnder(keys: readonly string[], value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => wordsUnder(keys, part))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    keys.includes(key) && typeof part === 'string' ? [part] : wordsUnder(keys, part),
  )
}

const missing = ({ list }: Kinds, used: readonly string[]): string[] =>
  list.map(({ type }) => type).filter((type) => !used.includes(type))

/** What the set uses of one section of its experiments. */
const used = (section: 'network' | 'loss' | 'optimizer' | 'schedule', key = 'type'): string[] =>
  selftest.experiments.flatMap((experiment) =>
    wordsUnder([key], (experiment as Record<string, unknown>)[section]),
  )

describe('the set of the self-test', () => {
  it('has every kind of layer, initializer, loss, optimizer and schedule', () => {
    const left = {
      layers: missing(layers, used('network')),
      initializers: missing(initializers, used('network', 'initializer')),
      losses: missing(losses, used('loss')),
      optimizers: missing(optimizers, used('optimizer')),
      // What an experiment leaves out is constant.
      schedules: missing(schedules, ['constant', ...used('schedule')]),
    }
    expect(left).toEqual({ layers: [], initializers: [], losses: [], optimizers: [], schedules: [] })
  })
})

describe('the hash of the self-test', () => {
  let program = ''
  beforeAll(async () => {
    program = await buildNabla('selftest')
  }, 60_000)

  /** The hash, once it is known that every training went to its end. */
  const hashBy = (executable: string, threads = 1): unknown => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    const { stdout } = spawnSync(executable, [program, 'selftest', '--json', '--threads', String(threads)], {
      env,
      encoding: 'utf8',
    })
    const lines = stdout.trim().split('\n')
    const trainings = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const verdict = trainings.pop()
    expect(trainings.map(({ name, reason }) => [name, reason])).toEqual(
      selftest.experiments.map(({ name }) => [name, 'completed']),
    )
    return verdict?.hash
  }

  it("is the repository's on plain Node", () => {
    expect(hashBy(process.execPath)).toBe(selftest.hash)
  }, 60_000)

  it("is the repository's with two threads", () => {
    expect(hashBy(process.execPath, 2)).toBe(selftest.hash)
  }, 60_000)

  const electron = electronPath()
  it.skipIf(!electron)(
    "is the repository's on Electron's Node",
    () => {
      expect(hashBy(electron!)).toBe(selftest.hash)
      expect(hashBy(electron!, 2)).toBe(selftest.hash)
    },
    120_000,
  )
})
