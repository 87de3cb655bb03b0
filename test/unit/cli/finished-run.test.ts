import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { exporters } from '../../../core/exports/registry'
import { inFolder } from './in-folder'

const { at, run, readJson, writeIris } = inFolder()

describe('a finished run', () => {
  beforeEach(async () => {
    writeIris({ training: { epochs: 60 }, optimizer: { type: 'adam', learningRate: 0.02 } })
    await run('train', 'iris.nabla.json', '--out', 'r')
  })

  it('is evaluated to the metrics that its record has', async () => {
    const [evaluation] = (await run('--json', 'evaluate', 'r')).objects<{
      splits: Record<string, { metrics: Record<string, number>; confusion: number[][] }>
    }>()
    const record = readJson('r', 'run.json') as { metrics: Record<string, Record<string, number>> }
    for (const split of ['train', 'validation', 'test'])
      expect(evaluation!.splits[split]!.metrics).toEqual(record.metrics[split])
  })

  it('predicts each row of a file, in the writing of that file', async () => {
    const rows = ['5,1;3,5;1,4;0,2;a', '6,3;;6,0;2,5;b']
    const header = 'sepal_length_cm;sepal_width_cm;petal_length_cm;petal_width_cm;note'
    writeFileSync(at('new.csv'), `${header}\n${rows.join('\n')}\n`)
    const { code, out } = await run('predict', 'r', 'new.csv')
    expect(code).toBe(0)
    const [first, ...body] = out.trim().split('\n')
    expect(first).toBe(`${header};prediction;probability setosa;probability versicolor;probability virginica`)
    expect(body.map((line) => line.split(';').slice(0, 6).join(';'))).toEqual([
      `${rows[0]};setosa`,
      '6,3;"";6,0;2,5;b;virginica',
    ])
    const shares = body[0]!
      .split(';')
      .slice(6)
      .map((cell) => Number(cell.replace(',', '.')))
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    const objects = (await run('--json', 'predict', 'r', 'new.csv')).objects()
    expect(objects[0]).toMatchObject({ type: 'match', absent: [], hasTarget: false, unseen: [] })
    expect(objects.slice(1).map((object) => object.prediction)).toEqual(['setosa', 'virginica'])
  })

  it('is exported in every format, and comes back', async () => {
    const weights = exporters
      .get('safetensors')
      .read(new Uint8Array(readFileSync(at('r', 'weights.safetensors'))))
    for (const kind of exporters.list) {
      const { code } = await run('export', 'r', '--format', kind.type, '-o', `w.${kind.extension}`)
      expect(code).toBe(0)
      expect(kind.read(new Uint8Array(readFileSync(at(`w.${kind.extension}`))))).toEqual(weights)
    }
  })
})
