import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inFolder } from './in-folder'

const { at, run, writeIris } = inFolder()

describe('bad usage', () => {
  it('is answered with code 2, a help page on standard error and nothing on standard output', async () => {
    for (const typed of [['trian'], ['train'], ['train', 'a', 'b'], ['check', 'x', '--nope']]) {
      const { code, out, err } = await run(...typed)
      expect([typed, code, out]).toEqual([typed, 2, ''])
      expect(err).toContain('nabla: bad-usage')
      expect(err).toContain('what next')
    }
  })

  it('suggests the command and the option that were meant', async () => {
    expect((await run('trian')).err).toContain('Did you mean train?')
    expect((await run('train', 'x', '--epoch', '3')).err).toContain('Did you mean --epochs?')
  })

  it('refuses numbers out of bounds', async () => {
    const { code, err } = await run('train', 'x', '--epochs', '0')
    expect(code).toBe(2)
    expect(err).toContain('whole number from 1')
  })

  it('shows help on standard output with code 0', async () => {
    for (const typed of [[], ['--help'], ['help', 'train'], ['train', '--help']]) {
      const { code, out, err } = await run(...typed)
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('Usage: nabla')
    }
  })
})

describe('bad input', () => {
  const pageOf = async (...typed: string[]): Promise<Record<string, unknown>> => {
    const { code, err, objects } = await run('--json', ...typed)
    const page = objects().at(-1) ?? {}
    expect([code, page.type]).toEqual([2, 'error'])
    expect(err).toContain(`nabla: ${String(page.code)}\nexpected`)
    return page
  }

  it('names what is wrong with an experiment file', async () => {
    expect(await pageOf('check', 'nothing.json')).toMatchObject({ code: 'file-missing' })
    writeFileSync(at('a.json'), '{ "nabla": 1, ')
    expect(await pageOf('check', 'a.json')).toMatchObject({ code: 'bad-json' })
    writeIris({ network: [{ type: 'dnse', units: 8 }, { type: 'output' }] })
    const page = await pageOf('train', 'iris.nabla.json')
    expect(page).toMatchObject({ code: 'unknown-kind', place: { path: 'network.0.type' } })
    expect(page.advice).toContain('Did you mean "dense"?')
    expect(existsSync(at('runs'))).toBe(false)
  })

  it('names what is wrong with a run', async () => {
    expect(await pageOf('evaluate', 'nothing')).toMatchObject({ code: 'not-a-run' })
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect(await pageOf('export', 'r', '--format', 'npx')).toMatchObject({ code: 'unknown-kind' })
    const bytes = readFileSync(at('r', 'weights.safetensors'))
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(at('r', 'weights.safetensors'), bytes)
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
    writeFileSync(at('r', 'weights.safetensors'), 'short')
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
    writeFileSync(at('r', 'preprocessing.json'), '{}')
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
  })

  it('refuses a run folder that cannot take the run, before training', async () => {
    writeIris()
    writeFileSync(at('file'), '')
    expect(await pageOf('train', 'iris.nabla.json', '--out', 'file/run')).toMatchObject({
      code: 'not-a-folder',
    })
    expect(await pageOf('train', 'iris.nabla.json', '--out', '.')).toMatchObject({ code: 'folder-not-empty' })
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect(await pageOf('train', 'iris.nabla.json', '--out', 'r')).toMatchObject({ code: 'folder-has-run' })
    expect((await run('train', 'iris.nabla.json', '--out', 'r', '--force')).code).toBe(0)
  })
})
