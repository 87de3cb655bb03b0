import { describe, expect, it } from 'vitest'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { parseExperiment } from '../../../core/experiment/read'
import { prepareRun } from '../../../core/node/data/prepare-run'
import type { Checkpoint } from '../../../core/training/checkpoint'
import type { EndEvent, StepEvent } from '../../../core/training/events'
import { usualSweep, sweepPoints } from '../../../core/training/rate-finder'
import { createTrainer } from '../../../core/training/trainer'

const lBfgs = {
  data: { source: 'sample:breast-cancer' },
  network: [{ type: 'dense', units: 6 }, { type: 'tanh' }, { type: 'output' }],
  optimizer: { type: 'l-bfgs' },
  training: { epochs: 8, keep: 'last' },
}
const marquardt = {
  data: { source: 'sample:sine' },
  network: [{ type: 'dense', units: 6 }, { type: 'tanh' }, { type: 'output' }],
  optimizer: { type: 'levenberg-marquardt' },
  training: { epochs: 8, keep: 'last' },
}

async function trainerOf(settings: object, resume?: Checkpoint) {
  const experiment = parseExperiment({ nabla: 1, name: 'test', ...settings })
  const material = await prepareRun({ experiment, folder: '.' })
  const backend = createWasmBackend()
  return createTrainer({ ...material, backend, clock: () => 0, ...(resume && { resume }) })
}

async function train(settings: object, resume?: Checkpoint) {
  const trainer = await trainerOf(settings, resume)
  const steps: StepEvent[] = []
  const checkpoints: Checkpoint[] = []
  for (const event of trainer.events) {
    if (event.type === 'step') steps.push(event)
    if (event.type === 'epoch') checkpoints.push(trainer.checkpoint())
    if (event.type === 'end') return { end: event, steps, checkpoints }
  }
  throw new Error('a training without an end')
}

describe('a training by an optimizer that looks at all rows', () => {
  it('makes one step an epoch, and none makes the loss worse', async () => {
    for (const settings of [lBfgs, marquardt]) {
      const { steps } = await train(settings)
      expect(steps.map(({ epoch, batch }) => [epoch, batch])).toEqual(steps.map((_, i) => [i + 1, 1]))
      const losses = steps.map(({ loss }) => loss)
      expect(losses).toHaveLength(8)
      expect([...losses].sort((a, b) => b - a)).toEqual(losses)
      expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!)
    }
  })

  it('does not ask for the batch size, nor for the order of rows', async () => {
    const own = await train(lBfgs)
    const other = await train({ ...lBfgs, training: { ...lBfgs.training, batchSize: 7, shuffle: false } })
    expect(other.end.fingerprint).toBe(own.end.fingerprint)
  })

  const network = [{ type: 'dense', units: 6 }, { type: 'batch-norm' }, { type: 'tanh' }, { type: 'output' }]
  const noisy = [...network.slice(0, -1), { type: 'dropout', rate: 0.2 }, ...network.slice(-1)]
  it.each([
    ['l-bfgs', lBfgs],
    ['l-bfgs with statistics', { ...lBfgs, network }],
    ['l-bfgs with statistics and dropout', { ...lBfgs, network: noisy, regularization: { l2: 0.01 } }],
    ['levenberg-marquardt', marquardt],
  ])('%s goes on from any checkpoint with the same bits', async (_name, settings) => {
    const whole = await train(settings)
    for (const checkpoint of whole.checkpoints) {
      const rest = await train(settings, structuredClone(checkpoint))
      expect(rest.end.fingerprint).toBe(whole.end.fingerprint)
    }
  })

  it('ends when nothing better is to be found, and says so', async () => {
    const line = { ...marquardt, network: [{ type: 'output' }], training: { epochs: 200 } }
    for (const settings of [line, { ...line, optimizer: { type: 'l-bfgs' } }]) {
      const { end } = await train(settings)
      expect(end.reason).toBe('converged')
      expect(end.epoch).toBeLessThan(60)
    }
  })

  it('reaches the solution of least squares on a network of one layer', async () => {
    const line = { ...marquardt, network: [{ type: 'output' }], training: { epochs: 200, keep: 'last' } }
    const [a, b] = await Promise.all([train(line), train({ ...line, optimizer: { type: 'l-bfgs' } })])
    const lossOf = ({ end }: { end: EndEvent }): number => end.metrics.train!.loss!
    expect(lossOf(a)).toBeCloseTo(lossOf(b), 6)
  })
})

describe('what an optimizer that looks at all rows cannot do', () => {
  const dropout = [{ type: 'dense' }, { type: 'dropout' }, { type: 'output' }]
  const batchNorm = [{ type: 'dense' }, { type: 'batch-norm' }, { type: 'output' }]
  it.each([
    ['regularization.l1', { ...lBfgs, regularization: { l1: 0.1 } }],
    ['regularization.maxNorm', { ...lBfgs, regularization: { maxNorm: 1 } }],
    ['clip', { ...lBfgs, clip: { by: 'norm', limit: 1 } }],
    ['training.accumulate', { ...lBfgs, training: { accumulate: 2 } }],
    ['training.sampling', { ...lBfgs, training: { sampling: 'balanced' } }],
    ['training.averaging', { ...lBfgs, training: { averaging: { decay: 0.9 } } }],
    ['loss.type', { ...lBfgs, optimizer: marquardt.optimizer }],
    ['loss.type', { ...marquardt, loss: { type: 'huber' } }],
    ['network', { ...marquardt, network: dropout }],
    ['network', { ...marquardt, network: batchNorm }],
    ['network', { ...marquardt, network: [{ type: 'dense', units: 700 }, { type: 'output' }] }],
  ])('is refused: %s', async (path, settings) => {
    await expect(trainerOf(settings)).rejects.toMatchObject({ code: 'optimizer-fit', place: { path } })
  })

  it('is to have its learning rate found', async () => {
    const experiment = parseExperiment({ nabla: 1, name: 'test', ...lBfgs })
    const material = await prepareRun({ experiment, folder: '.' })
    const sweep = sweepPoints({ ...material, backend: createWasmBackend() }, usualSweep)
    expect(() => [...sweep]).toThrowError(expect.objectContaining({ code: 'rate-finder-optimizer' }))
  })
})
