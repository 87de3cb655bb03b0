import type { OptionValues } from 'commander'
import { toCsv } from '../../../charts/csv'
import { rateFinder } from '../../../charts/rate-finder'
import { lightTheme, standalone } from '../../../charts/theme'
import {
  judgeSweep,
  sweepPoints,
  usualSweep,
  type RateFinderSettings,
  type RateFinding,
  type RatePoint,
} from '../../../training/rate-finder'
import { createTrainingBackend } from '../../backend'
import { renderSvg } from '../../charts/render-svg'
import { prepareRun } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { writeAtomic } from '../../files/write-atomic'
import { positiveNumber, wholeNumber } from '../arguments'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { inFolder } from '../in-folder'
import { pullGently } from '../pull-gently'
import { sweepTable } from '../sweep-table'
import { figure } from '../../../metrics/metric-text'
import { plural } from '../words'

/** `nabla findrate`: the learning-rate range test on an experiment; trains nothing that is kept. */
export const findrate: CliCommand = {
  declare: (program) =>
    program
      .command('findrate')
      .description('look for a learning rate: train while it grows, and watch the loss')
      .argument('<experiment>', 'an experiment file')
      .option('-o, --out <file>', 'write the curve as CSV')
      .option('--chart <file>', 'draw the curve as SVG')
      .option('--lowest <rate>', 'where the sweep begins', positiveNumber(100), usualSweep.lowest)
      .option('--highest <rate>', 'where it ends', positiveNumber(100), usualSweep.highest)
      .option('--steps <number>', 'updates in all', wholeNumber(20, 100_000), usualSweep.steps)
      .option('--seed <number>', "in place of the experiment's own", wholeNumber(0, 4294967295)),
  run: async (context, [path = ''], options) => {
    const at = readExperiment(inFolder(context, path))
    const { experiment, data } = await prepareRun(at)
    const seed = (options.seed as number | undefined) ?? experiment.training.seed
    const seeded = { ...experiment, training: { ...experiment.training, seed } }
    const settings = settingsOf(options)
    const points: RatePoint[] = []
    const sweep = sweepPoints({ experiment: seeded, data, backend: createTrainingBackend() }, settings)
    const whole = await pullGently(context, sweep, (point) => void points.push(point))
    const finding = judgeSweep(points, settings)
    report(context, finding, Number(experiment.optimizer.learningRate))
    await save(context, finding, options)
    return whole ? exitCodes.success : exitCodes.interrupted
  },
}

const settingsOf = ({ lowest, highest, steps }: OptionValues): RateFinderSettings => ({
  ...usualSweep,
  lowest: lowest as number,
  highest: highest as number,
  steps: steps as number,
})

function report(context: CliContext, finding: RateFinding, own: number): void {
  const { points, steepest, diverging, suggestion } = finding
  for (const point of points) context.record({ type: 'rate', ...point })
  context.record({ type: 'findrate', updates: points.length, steepest, diverging, suggestion, own })
  context.say(sweepTable(finding))
  context.say(`\nSteepest:   ${steepest === null ? 'nowhere: the loss does not fall' : figure(steepest)}`)
  context.say(
    `Diverges:   ${diverging === null ? `not in ${plural(points.length, 'update')}` : figure(diverging)}`,
  )
  context.say(
    `Suggestion: ${suggestion === null ? 'none; try --lowest, --highest or more --steps' : figure(suggestion)}`,
  )
  context.say(`The experiment has ${figure(own)}.`)
}

async function save(context: CliContext, finding: RateFinding, { out, chart }: OptionValues): Promise<void> {
  const feed = { finding }
  if (out !== undefined) writeAtomic(inFolder(context, String(out)), toCsv(rateFinder.table(feed)))
  if (chart === undefined) return
  const svg = await renderSvg(rateFinder.option(feed, standalone(lightTheme)), 860, 440)
  writeAtomic(inFolder(context, String(chart)), svg)
}
