import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nabla, type CliAnswer } from '../cli/run-in-test'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-begun-'))
  const network = [{ type: 'dense', units: 4 }, { type: 'relu' }, { type: 'output' }]
  const settings = {
    nabla: 1,
    name: 'iris',
    data: { source: 'sample:iris' },
    network,
    training: { epochs: 2 },
  }
  writeFileSync(join(folder, 'iris.json'), JSON.stringify(settings))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const train = (...words: string[]): Promise<CliAnswer> =>
  nabla({ folder }, 'train', 'iris.json', '--out', 'r', ...words)
const half = '.run.json.1234-1.tmp'

/** The files that a run has written when it is killed, one more each time, in the order in which it writes them. */
async function trainedUpTo(kept: readonly string[]): Promise<void> {
  await train()
  for (const name of readdirSync(join(folder, 'r')))
    if (!kept.includes(name)) rmSync(join(folder, 'r', name), { recursive: true })
  const record = join(folder, 'r', 'run.json')
  if (existsSync(record))
    writeFileSync(record, readFileSync(record, 'utf8').replace('"finished"', '"running"'))
  writeFileSync(join(folder, 'r', half), '{ "nab')
}

const moments = [
  [],
  ['run.json'],
  ['run.json', 'experiment.json'],
  ['run.json', 'experiment.json', 'preprocessing.json'],
]

it.each(moments.map((kept) => ({ kept })))(
  'begins anew, and says so, after a kill that left only $kept',
  async ({ kept }) => {
    await trainedUpTo(kept)
    const { code, err } = await train('--resume')
    expect([code, err.includes('it begins anew')]).toEqual([0, true])
    expect(readdirSync(join(folder, 'r'))).not.toContain(half)
    expect(
      readFileSync(join(folder, 'r', 'history.csv'), 'utf8')
        .trim()
        .split('\n').length,
    ).toBe(3)
  },
)

it('takes a half-written file for no other content, and an experiment that differs for another run', async () => {
  mkdirSync(join(folder, 'r'))
  writeFileSync(join(folder, 'r', half), '{ "nab')
  expect((await train()).code).toBe(0)
  await trainedUpTo(['run.json', 'experiment.json'])
  expect((await train('--resume', '--seed', '9')).err).toContain('resume-differs')
})

it('never trains a finished run again for want of its checkpoint', async () => {
  await train()
  rmSync(join(folder, 'r', 'checkpoints'), { recursive: true })
  const { code, err } = await train('--resume')
  expect([code, err.includes('no-checkpoint')]).toEqual([2, true])
})
