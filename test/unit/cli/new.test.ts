import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { samples } from '../../../core/data/samples/samples'
import { nabla } from './run-in-test'
import { inFolder } from './in-folder'

const { at, run, read, readJson } = inFolder()

describe('nabla new', () => {
  it('writes an experiment that trains, for every sample', async () => {
    for (const { name, task, targets } of samples) {
      const made = await run('--json', 'new', `sample:${name}`)
      expect(made.objects()[0]).toMatchObject({ type: 'experiment', target: targets[0] })
      const { code, objects } = await run('--json', 'train', `${name}.nabla.json`, '--out', name)
      expect(code).toBe(0)
      const end = objects<{ type: string; metrics: { test: Record<string, number> } }>().find(
        (object) => object.type === 'end',
      )
      const { accuracy, r2 } = end!.metrics.test
      // Chance is 0.33 to 0.63, and 0 for R²; diabetes is known to stay near 0.4.
      if (task === 'classification') expect([name, accuracy! > 0.9]).toEqual([name, true])
      else expect([name, r2! > 0.25]).toEqual([name, true])
    }
  }, 120_000)

  it('writes the source relative to the file, and never replaces one unasked', async () => {
    writeFileSync(at('table.csv'), `x,y\n${Array.from({ length: 30 }, (_, i) => `${i},${2 * i}\n`).join('')}`)
    expect((await run('new', 'table.csv', '--target', 'x', '-o', 'sub/one.json')).code).toBe(0)
    const { data } = readJson('sub', 'one.json') as { data: Record<string, Record<string, { role: string }>> }
    expect(data.source).toBe('../table.csv')
    expect(data.columns?.x?.role).toBe('target')
    const before = read('sub', 'one.json')
    const again = await run('new', 'table.csv', '-o', 'sub/one.json')
    expect([again.code, again.err.includes('exists-already')]).toEqual([2, true])
    expect(read('sub', 'one.json')).toBe(before)
    expect((await run('new', 'table.csv', '-o', 'sub/one.json', '--force')).code).toBe(0)
    expect(read('sub', 'one.json')).not.toBe(before)
  })

  it('keeps what comes on standard input beside the experiment, which trains', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `{"x":${i},"y":${2 * i}}\n`).join('')
    const input = [Buffer.from(rows.slice(0, 100)), Buffer.from(rows.slice(100))]
    expect((await nabla({ folder: at(), input }, 'new', '-', '-t', 'y', '-o', 'piped.nabla.json')).code).toBe(
      0,
    )
    expect(read('piped.jsonl')).toBe(rows)
    const { data } = readJson('piped.nabla.json') as { data: Record<string, unknown> }
    expect(data).toMatchObject({ source: 'piped.jsonl', format: 'jsonl' })
    expect((await run('train', 'piped.nabla.json', '--epochs', '2', '--out', 'piped')).code).toBe(0)
    const again = await nabla({ folder: at(), input }, 'new', '-', '-o', 'other.nabla.json', '--json')
    expect([again.code, read('other.jsonl')]).toEqual([0, rows])
    const nothing = await nabla({ folder: at() }, 'new', '-', '-o', 'none.nabla.json')
    expect([nothing.code, /file-empty/.test(nothing.err), /standard input/.test(nothing.err)]).toEqual([
      2,
      true,
      true,
    ])
  })

  it('takes several files of one shape, and trains on all their rows', async () => {
    const rows = (from: number) =>
      Array.from({ length: 20 }, (_, i) => `${from + i},${2 * (from + i)}\n`).join('')
    writeFileSync(at('part-1.csv'), `x,y\n${rows(0)}`)
    writeFileSync(at('part-2.csv'), `x,y\n${rows(20)}`)
    const made = await run(
      '--json',
      'new',
      'part-1.csv',
      'part-2.csv',
      '-t',
      'y',
      '-o',
      'sub/parts.nabla.json',
    )
    expect(made.objects()[0]).toMatchObject({ rows: 40 })
    const { data } = readJson('sub', 'parts.nabla.json') as { data: Record<string, unknown> }
    expect(data.source).toEqual(['../part-1.csv', '../part-2.csv'])
    expect((await run('train', 'sub/parts.nabla.json', '--epochs', '2', '--out', 'parts')).code).toBe(0)
    const resolved = readJson('parts', 'experiment.json') as { data: Record<string, unknown> }
    expect(resolved.data.format).toBe('csv')
  })
})
