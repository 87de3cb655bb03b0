import { createReferenceBackend } from '../../../backends/reference/reference-backend'
import { allowedError, checkGradient, type GradientCheckEntry } from '../../../calculus/gradient-check'
import { initialParameters } from '../../../network/parameters'
import { resolveNetwork } from '../../../network/resolve'
import { createRandom } from '../../../random/create-random'
import { gatherRows } from '../../../training/batch'
import { rowWeights } from '../../../training/row-weights'
import { prepareRun, type RunMaterial } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { wholeNumber } from '../arguments'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'
import { painter } from '../terminal'
import { textTable } from '../text-table'
import { plural } from '../words'

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
    const errors = entries.flatMap(({ relativeError }) => relativeError ?? [])
    const worst = Math.max(0, ...errors)
    const [checked, skipped, allowed] = [errors.length, entries.length - errors.length, allowedError]
    const passed = checked > 0 && worst <= allowed
    entries.forEach((entry) => context.record({ type: 'gradient', ...entry }))
    context.record({ type: 'gradcheck', checked, skipped, worst, allowed, passed })
    context.say(tableOf(entries))
    const paint = painter(context.terminal.colours && context.terminal.watched)
    const left = skipped ? `; ${skipped} skipped, as the loss has a kink there and no derivative` : ''
    const verdict = `${plural(checked, 'derivative')} checked, largest relative error ${worst.toExponential(2)} (allowed ${allowed})${left}`
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
  const weights = rowWeights(experiment.training, data)
  const { train } = data.splits
  const count = Math.min(rows, train.length)
  const features = new Float64Array(count * width)
  const targets = new Float64Array(count * data.targets.width)
  gatherRows(features, data.features, train, 0, count)
  gatherRows(targets, data.targets, train, 0, count)
  return checkGradient({
    network,
    backend: createReferenceBackend(),
    parameters: initialParameters(network.layout, random.split('parameters')),
    rows: count,
    features,
    targets,
    ...(weights && { weights: Float64Array.from({ length: count }, (_, i) => weights[train[i]!]!) }),
    random: random.split('gradcheck'),
    samples,
  })
}

const kinkInWords = ({ left, right }: NonNullable<GradientCheckEntry['kink']>): string =>
  `kink: ${left.toExponential(2)} | ${right.toExponential(2)}`

function tableOf(entries: readonly GradientCheckEntry[]): string {
  const rows = entries.map(({ parameter, index, analytic, numeric, relativeError, kink }) => [
    parameter,
    String(index),
    analytic.toExponential(9),
    numeric.toExponential(9),
    relativeError?.toExponential(2) ?? kinkInWords(kink!),
  ])
  return textTable(['parameter', 'index', 'analytic', 'numeric', 'relative error'], rows)
}
