import { chooseBackend } from '../../backend'
import { measureTraining, type MeasureEvent, type Measurement } from '../../bench/measure'
import { profileTable } from '../../bench/profile-table'
import { prepareRun } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { wholeNumber } from '../arguments'
import { timedBackendOption } from '../backend-option'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'
import { pullGently } from '../pull-gently'
import { threadsOption } from '../threads'
import { figure, percent } from '../../../metrics/metric-text'
import { duration, plural } from '../words'

/** `nabla bench`: how fast this machine trains this network, and what the time goes into. */
export const bench: CliCommand = {
  declare: (program) =>
    program
      .command('bench')
      .description('time training alone: seconds, samples/s, GFLOP/s, each kernel, memory')
      .argument('<experiment>', 'an experiment file')
      .addOption(timedBackendOption())
      .option('--runs <number>', 'timed runs', wholeNumber(1, 100), 5)
      .addOption(threadsOption(1)),
  run: async (context, [path = ''], options) => {
    const { experiment, data } = await prepareRun(readExperiment(inFolder(context, path)))
    const threads = Number(options.threads)
    const clock = (): number => context.clock() / 1000
    const chosen = chooseBackend(String(options.backend), threads, { experiment, data, clock })
    const backend = chosen.name
    const events = measureTraining({
      experiment,
      data,
      createBackend: chosen.create,
      runs: Number(options.runs),
      seconds: 0.3,
      clock,
    })
    let result: Measurement | undefined
    let peakMemory = 0
    const take = (event: MeasureEvent): void => {
      if (event.type === 'result') result = event.result
      // Not that of the profile, which holds a second copy of everything.
      else peakMemory = process.resourceUsage().maxRSS * 1024
    }
    const stopping = (): void => context.note('Stopping after this run.')
    if (!(await pullGently(context, events, take, stopping)) || !result) return exitCodes.interrupted
    context.record({ type: 'bench', backend, threads, peakMemory, ...result })
    context.say(
      `${backend}, ${plural(threads, 'thread')}, ${result.parameters.toLocaleString('en')} parameters, batch ${result.batchSize}`,
    )
    for (const [name, text] of lines(result, experiment.training.epochs, peakMemory))
      context.say(`  ${name.padEnd(13)}  ${text}`)
    context.say(`\n${profileTable(result.profile)}`)
    return exitCodes.success
  },
}

function lines(result: Measurement, epochs: number, peakMemory: number): [name: string, text: string][] {
  const { median, spread, rows, batchSize, stepsPerRun, stepSeconds } = result
  const step = figure(median.stepSeconds * 1e6)
  const runs = `median of ${plural(stepSeconds.length, 'run')} of ${plural(stepsPerRun, 'step')}`
  const epoch = figure((rows / batchSize) * median.stepSeconds * 1000)
  return [
    ['step', `${step} µs (${runs}, spread ${percent(spread)})`],
    ['epoch', `${epoch} ms for ${plural(rows, 'row')}`],
    ['training', `${duration(median.trainingSeconds)} for ${plural(epochs, 'epoch')}`],
    ['samples/s', Math.round(median.samplesPerSecond).toLocaleString('en')],
    ['GFLOP/s', `${figure(median.gigaflops)} (products only)`],
    ['peak memory', `${(peakMemory / 2 ** 20).toFixed(0)} MiB (the whole process)`],
  ]
}
