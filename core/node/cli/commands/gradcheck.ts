import { createReferenceBackend } from '../../../backends/reference/reference-backend'
import { checkGradient, type GradientCheckEntry } from '../../../calculus/gradient-check'
import { initialParameters } from '../../../network/parameters'
import { resolveNetwork } from '../../../network/resolve'
import { createRandom } from '../../../random/create-random'
import type { Random } from '../../../random/random'
import { gatherRows } from '../../../training/batch'
import { prepareRun, type RunMaterial } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { wholeNumber } from '../arguments'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'
import { painter } from '../terminal'
import { textTable } from '../text-table'
import { plural } from '../words'

/** Largest relative error that float64 and a five-point quotient leave to a right derivative. */
const allowed = 1e-6

interface GradcheckOptions {
  readonly rows: number
  readonly samples: number
}

/** `nabla gradcheck`: the derivative of the user's own network and data against difference quotients, in float64. */
export const gradcheck: CliCommand = {
  declare: (program) =>
    program
      .command('gradcheck')
      .description('compare the gradient with central differences, in float64')
      .argument('<experiment>', 'an experiment file')
      .option('--rows <number>', 'rows of the batch', wholeNumber(1, 4096), 16)
      .option('--samples <number>', 'numbers checked in each parameter', wholeNumber(1, 1000), 5),
  run: async (context, [path = ''], options) => {
    const material = await prepareRun(readExperiment(inFolder(context, path)))
    const entries = check(material, options as GradcheckOptions)
    const worst = entries.reduce((largest, entry) => Math.max(largest, entry.relativeError), 0)
    const passed = worst <= allowed
    entries.forEach((entry) => context.record({ type: 'gradient', ...entry }))
    context.record({ type: 'gradcheck', checked: entries.length, worst, allowed, passed })
    context.say(tableOf(entries))
    const paint = painter(context.terminal.colours && context.terminal.watched)
    const verdict = `${plural(entries.length, 'derivative')} checked, largest relative error ${worst.toExponential(2)} (allowed ${allowed})`
    context.say(`\n${passed ? paint('green', 'passed') : paint('red', 'FAILED')}: ${verdict}`)
    return passed ? exitCodes.success : exitCodes.failure
  },
}

function check({ experiment, data }: RunMaterial, { rows, samples }: GradcheckOptions): GradientCheckEntry[] {
  const { target, width } = data.preprocessing
  const network = resolveNetwork({
    layers: experiment.network,
    loss: experiment.loss,
    inputs: width,
    target,
  })
  const random = createRandom(experiment.training.seed)
  const { train } = data.splits
  const count = Math.min(rows, train.length)
  const features = new Float64Array(count * width)
  const targets = new Float64Array(count * data.targets.width)
  gatherRows(features, data.features, train, 0, count)
  gatherRows(targets, data.targets, train, 0, count)
  return checkGradient({
    network,
    backend: createReferenceBackend(),
    parameters: nudged(initialParameters(network.layout, random.split('parameters')), random.split('nudge')),
    rows: count,
    features,
    targets,
    random: random.split('gradcheck'),
    samples,
  })
}

/**
 * Biases begin at 0, so that units which see blank input (the paper around a digit) rest exactly on the kink of ReLU, where
 * there is no derivative to compare with. A nudge moves them off it.
 */
const nudged = (parameters: Float64Array, random: Random): Float64Array =>
  parameters.map((value) => value + 0.05 * random.normal())

function tableOf(entries: readonly GradientCheckEntry[]): string {
  const rows = entries.map(({ parameter, index, analytic, numeric, relativeError }) => [
    parameter,
    String(index),
    analytic.toExponential(9),
    numeric.toExponential(9),
    relativeError.toExponential(2),
  ])
  return textTable(['parameter', 'index', 'analytic', 'numeric', 'relative error'], rows)
}
