import { Option } from 'commander'
import { basename } from 'node:path'
import type { Experiment } from '../../../experiment/schema'
import type { EndReason } from '../../../training/events'
import { readExperiment } from '../../data/read-experiment'
import { prepareRun, type RunMaterial } from '../../data/prepare-run'
import { wholeNumber } from '../arguments'
import { backendOption, recordedBackend } from '../backend-option'
import { exitCodes, type CliCommand, type ExitCode } from '../command'
import { inFolder } from '../in-folder'
import { showProblem } from '../show-problem'
import { threadsOption } from '../threads'
import { createReporter } from '../train/reporter'
import { placeRun, resumedFolder } from '../train/place-run'
import { runSeries } from '../train/run-series'
import { runTraining } from '../train/run-training'
import { seriesOf } from '../train/series-options'

/** `nabla train`: the whole way from an experiment file to a run folder. */
export const train: CliCommand = {
  declare: (program) =>
    program
      .command('train')
      .description('train an experiment and write a run folder')
      .argument('<experiment>', 'an experiment file')
      .option('--out <folder>', 'the run folder (default: runs/NAME-NUMBER in the current folder)')
      .option('--epochs <number>', "in place of the experiment's own", wholeNumber(1, 1_000_000))
      .option('--seed <number>', "in place of the experiment's own", wholeNumber(0, 4294967295))
      .addOption(threadsOption('auto'))
      .addOption(backendOption())
      .option(
        '--checkpoint <seconds>',
        'least time between two checkpoints; 0 keeps one for each epoch',
        wholeNumber(0, 86_400),
        5,
      )
      .option(
        '--statistics [epochs]',
        'write what the layers are like to statistics.jsonl: after every so many epochs, or as often as costs little',
        wholeNumber(1, 1_000_000),
      )
      .option('--folds <number>', 'cross-validate: each row is tested once', wholeNumber(2, 1000))
      .option('--group <column>', 'with --folds: rows with the same cell stay together')
      .addOption(
        new Option('--repeat <number>', 'train so many times, with seeds counted up')
          .argParser(wholeNumber(2, 1000))
          .conflicts('folds'),
      )
      .option('--vary-split', 'with --repeat: share the rows out anew each time')
      .addOption(
        new Option(
          '--resume',
          'go on with a run that was stopped, with the same bits as if it had not been',
        ).conflicts(['folds', 'repeat']),
      )
      .addOption(new Option('-f, --force', 'replace a run that is in the folder').conflicts('resume')),
  run: async (context, [path = ''], options) => {
    const file = inFolder(context, path)
    const at = readExperiment(file)
    const name = at.experiment.name || basename(file).replace(/(\.nabla)?\.json$/i, '')
    const experiment = { ...overridden(at.experiment, options), name }
    const series = seriesOf(options)
    if (series) {
      const material = await prepareRun({ experiment, folder: at.folder })
      const place = () => placeRun(context.folder, name, options).path
      const { threads, backend = 'wasm' } = options as { threads: number; backend?: string }
      return runSeries(context, { series, material, folder: at.folder, place, threads, backend })
    }
    const recorded = options.resume
      ? recordedBackend(resumedFolder(context.folder, name, options))
      : undefined
    const reporter = createReporter(context)
    const result = await runTraining({
      material: await withoutTable(prepareRun({ experiment, folder: at.folder })),
      folder: at.folder,
      threads: Number(options.threads),
      backend: String(options.backend ?? recorded ?? 'wasm'),
      command: context.typed,
      statistics: options.statistics !== undefined,
      place: () => {
        const placed = placeRun(context.folder, name, options)
        if (placed.resumed && !placed.state)
          context.note('The run was stopped before its first checkpoint: it begins anew.')
        return placed
      },
      clock: context.clock,
      checkpointGap: Number(options.checkpoint) * 1000,
      onInterrupt: context.onInterrupt,
      reporter,
    })
    reporter.finish(result)
    if (result.end.problem) showProblem(context, result.end.problem)
    return codes[result.end.reason]
  },
}

/** One training needs no more of its table, whose memory is then free. */
async function withoutTable(prepared: Promise<RunMaterial>): Promise<Omit<RunMaterial, 'read'>> {
  const { experiment, data } = await prepared
  return { experiment, data }
}

const codes: Readonly<Record<EndReason, ExitCode>> = {
  stopped: exitCodes.interrupted,
  'non-finite': exitCodes.failure,
  completed: exitCodes.success,
  converged: exitCodes.success,
  'early-stopping': exitCodes.success,
}

interface TrainingOptions {
  readonly epochs?: number
  readonly seed?: number
  /** true, if no number was given. */
  readonly statistics?: number | true
}

function overridden(experiment: Experiment, { epochs, seed, statistics }: TrainingOptions): Experiment {
  const given = {
    ...(epochs !== undefined && { epochs }),
    ...(seed !== undefined && { seed }),
    ...(typeof statistics === 'number' && { statisticsEvery: statistics }),
  }
  return { ...experiment, training: { ...experiment.training, ...given } }
}
