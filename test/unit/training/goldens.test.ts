import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import type { TargetDescription } from '../../../core/data/prepared'
import type { LayerEntry } from '../../../core/experiment/schema'
import { PARAMETERS } from '../../../core/network/forward'
import { scalarInput, slotBuffer, trainingPlan } from '../../../core/network/plans'
import { resolveNetwork } from '../../../core/network/resolve'
import { optimizers } from '../../../core/optimizers/registry'
import { updateOptimizer } from '../kinds/update-optimizer'
import { everyBackend } from '../backends/fast-backends'
import several from '../../goldens/several_targets.json'
import mlp from '../../goldens/mlp-regression.json'
import twoLayer from '../../goldens/two-layer.json'

interface Golden {
  readonly inputs: number[][]
  readonly initial: { weights: number[][]; bias: number[] }[]
  readonly steps: { loss: number; layers: { weights: number[][]; bias: number[] }[] }[]
}

const flat = (layers: { weights: number[][]; bias: number[] }[]): number[] =>
  layers.flatMap(({ weights, bias }) => [...weights.flat(), ...bias])

/** The losses and parameters of the golden's steps, as ours makes them. */
function replay(
  golden: Golden,
  layers: LayerEntry[],
  { target, values: targets }: { target: TargetDescription; values: number[] },
  optimizer: LayerEntry,
  backend: Backend,
) {
  const network = resolveNetwork({ layers, inputs: golden.inputs[0]!.length, target })
  const { type, ...config } = optimizers.parse(optimizer)
  const kind = updateOptimizer(type)
  const plan = trainingPlan(network, { kind, config }, golden.inputs.length)
  const slots = Object.fromEntries(kind.slots(config).map((name) => [slotBuffer(name), network.layout.size]))
  const store = backend.createStore({ [PARAMETERS]: network.layout.size, ...slots })
  store.write(PARAMETERS, Float64Array.from(flat(golden.initial)))
  const program = backend.load(plan, store)
  return golden.steps.map((_, index) => {
    program.input('features').set(golden.inputs.flat())
    program.input('targets').set(targets)
    const scalars = kind.scalars(config, index + 1, config.learningRate as number)
    for (const [name, value] of Object.entries(scalars)) program.input(scalarInput(name))[0] = value
    program.run({ key: [1, 2], step: index + 1 })
    return { loss: program.output('loss')[0]!, parameters: [...store.read(PARAMETERS)] }
  })
}

function compare(golden: Golden, found: ReturnType<typeof replay>, tolerance: number): void {
  found.forEach(({ loss, parameters }, step) => {
    const expected = golden.steps[step]!
    expect(Math.abs(loss - expected.loss), `loss of step ${step + 1}`).toBeLessThan(tolerance * expected.loss)
    flat(expected.layers).forEach((value, i) => {
      const error = Math.abs(parameters[i]! - value) / Math.max(Math.abs(value), 0.1)
      expect(error, `parameter ${i} after step ${step + 1}`).toBeLessThan(tolerance)
    })
  })
}

const number: TargetDescription = { type: 'number', column: 'y' }
const category: TargetDescription = { type: 'category', column: 'y', classes: ['a', 'b', 'c'] }
const numbers: TargetDescription = {
  type: 'numbers',
  parts: ['a', 'b', 'c'].map((column) => ({ type: 'number', column })),
}
const labels: TargetDescription = {
  type: 'labels',
  parts: ['a', 'b', 'c'].map((column) => ({ type: 'binary', column, classes: ['no', 'yes'] })),
}

const oneHot = (classes: number[]): number[] =>
  classes.flatMap((own) => [0, 1, 2].map((c) => (c === own ? 1 : 0)))

describe.each(everyBackend)('against PyTorch, on the %s backend', (name, createBackend) => {
  const tolerance = name === 'reference' ? 1e-9 : 1e-5

  it('takes the same first ten Adam steps with a two-layer network', () => {
    const layers = [{ type: 'dense', units: 8 }, { type: 'tanh' }, { type: 'output' }]
    const optimizer = { type: 'adam', learningRate: 0.01 }
    compare(
      twoLayer,
      replay(
        twoLayer,
        layers,
        { target: category, values: oneHot(twoLayer.classes) },
        optimizer,
        createBackend(),
      ),
      tolerance,
    )
  })

  it('takes the same ten Nesterov steps with a ReLU regression', () => {
    const dense = [{ type: 'dense', units: 8 }, { type: 'relu' }]
    const layers = [...dense, ...dense, { type: 'output' }]
    const { learningRate, momentum, nesterov } = mlp.optimizer
    const optimizer = { type: 'sgd', learningRate, momentum, nesterov }
    const goal = { target: number, values: mlp.targets.flat() }
    compare(mlp, replay(mlp, layers, goal, optimizer, createBackend()), tolerance)
  })

  const hidden = [{ type: 'dense', units: 6 }, { type: 'tanh' }, { type: 'output' }]

  it('takes the same ten Adam steps towards three numbers at once', () => {
    const goal = { target: numbers, values: several.numbers.targets.flat() }
    const optimizer = { type: 'adam', learningRate: 0.01 }
    compare(several.numbers, replay(several.numbers, hidden, goal, optimizer, createBackend()), tolerance)
  })

  it('takes the same ten momentum steps towards three labels at once', () => {
    const goal = { target: labels, values: several.labels.targets.flat() }
    const optimizer = { type: 'sgd', learningRate: 0.1, momentum: 0.9 }
    compare(several.labels, replay(several.labels, hidden, goal, optimizer, createBackend()), tolerance)
  })
})
