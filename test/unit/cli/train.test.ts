import { readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nabla } from './run-in-test'
import { inFolder } from './in-folder'

const { at, run, read, readJson, writeIris } = inFolder()

describe('nabla train', () => {
  it('leaves a complete run folder, and the same fingerprint every time', async () => {
    writeIris()
    const { code, out } = await run('train', 'iris.nabla.json')
    expect(code).toBe(0)
    expect(out).toContain('Run folder:  runs/iris-1')
    expect(readdirSync(at('runs', 'iris-1')).sort()).toEqual([
      'charts',
      'checkpoints',
      'experiment.json',
      'history.csv',
      'preprocessing.json',
      'run.json',
      'splits.csv',
      'weights.safetensors',
    ])
    expect(readdirSync(at('runs', 'iris-1', 'charts'))).toContain('loss-curves.svg')
    const record = readJson('runs', 'iris-1', 'run.json')
    expect(record).toMatchObject({ status: 'finished', reason: 'completed', epochs: 6, steps: 24, seed: 42 })
    expect(read('runs', 'iris-1', 'history.csv').trim().split('\n').length).toBe(7)
    // The resolved experiment alone gives the same bits again.
    await run('train', 'runs/iris-1/experiment.json', '--out', 'again')
    expect(readJson('again', 'run.json').fingerprint).toBe(record.fingerprint)
    expect((await run('evaluate', 'runs/iris-1')).code).toBe(0)
  })

  it('takes epochs and seed from the command line', async () => {
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'a', '--epochs', '2')
    await run('train', 'iris.nabla.json', '--out', 'b', '--epochs', '2', '--seed', '7')
    expect(readJson('a', 'run.json')).toMatchObject({ epochs: 2, seed: 42 })
    expect(readJson('b', 'run.json')).toMatchObject({ epochs: 2, seed: 7 })
    expect(readJson('a', 'run.json').fingerprint).not.toBe(readJson('b', 'run.json').fingerprint)
  })

  it('writes nothing but objects with --json', async () => {
    writeIris()
    const { code, err, objects } = await run('train', 'iris.nabla.json', '--json')
    expect([code, err]).toEqual([0, ''])
    expect(objects().map((object) => object.type)).toEqual([
      'start',
      ...Array.from({ length: 6 }, () => 'epoch'),
      'end',
      'run',
    ])
  })

  it('keeps the best weights at Ctrl-C, ends with 130, and resumes to the bits of an unbroken run', async () => {
    writeIris({ training: { epochs: 3000 } })
    let stop = (): void => undefined
    const { code, err } = await nabla(
      {
        folder: at(),
        onInterrupt: (given) => (stop = given),
        // The second line of the table of epochs.
        onErr: (text) => {
          if (/^\s+1\/3000 /.test(text)) stop()
        },
      },
      'train',
      'iris.nabla.json',
      '--out',
      'broken',
    )
    expect(code).toBe(130)
    expect(err).toContain('keeping the best weights so far')
    const record = readJson('broken', 'run.json') as { reason: string; epochs: number; fingerprint: string }
    expect(record.reason).toBe('stopped')
    expect(record.epochs).toBeLessThan(3000)
    expect((await run('evaluate', 'broken')).code).toBe(0)

    const resumed = await run('train', 'iris.nabla.json', '--out', 'broken', '--resume')
    expect(resumed.code).toBe(0)
    await run('train', 'iris.nabla.json', '--out', 'whole')
    expect(readJson('broken', 'run.json').fingerprint).toBe(readJson('whole', 'run.json').fingerprint)
    expect(withoutSeconds(read('broken', 'history.csv'))).toEqual(
      withoutSeconds(read('whole', 'history.csv')),
    )
  }, 60_000)

  it('resumes no other experiment, and nothing where there is nothing', async () => {
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect((await run('train', 'iris.nabla.json', '--out', 'r', '--resume', '--seed', '9')).err).toContain(
      'resume-differs',
    )
    expect((await run('train', 'iris.nabla.json', '--out', 'none', '--resume')).err).toContain(
      'no-checkpoint',
    )
    const longer = await run('train', 'iris.nabla.json', '--out', 'r', '--resume', '--epochs', '9')
    expect([longer.code, readJson('r', 'run.json').epochs]).toEqual([0, 9])
  })

  it('ends with code 1 and a help page when the loss is no longer a number', async () => {
    writeFileSync(at('x.csv'), `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${i * i}\n`).join('')}`)
    writeIris({
      data: { source: 'x.csv', columns: { y: { role: 'target' } } },
      network: [
        { type: 'dense', units: 32 },
        { type: 'relu' },
        { type: 'dense', units: 32 },
        { type: 'output' },
      ],
      optimizer: { type: 'sgd', learningRate: 100 },
      training: { epochs: 500 },
    })
    const { code, err } = await run('train', 'iris.nabla.json', '--out', 'r')
    expect([code, err]).toEqual([1, expect.stringContaining('what next')])
    expect(readJson('r', 'run.json')).toMatchObject({ status: 'failed', reason: 'non-finite' })
  })
})

const withoutSeconds = (history: string): string[] =>
  history.split('\n').map((line) =>
    line
      .split(',')
      .filter((_, column) => column !== 2)
      .join(),
  )
