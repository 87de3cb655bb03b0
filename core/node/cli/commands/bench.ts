import { Option } from 'commander'
import type { Backend } from '../../../backends/backend'
import { createReferenceBackend } from '../../../backends/reference/reference-backend'
import { createTrainingBackend } from '../../backend'
import { measureTraining } from '../../bench/measure'
import { prepareRun } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { wholeNumber } from '../arguments'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'
import { threadsOption } from '../threads'
import { figure, percent } from '../../../metrics/metric-text'

const backends: Readonly<Record<string, (threads: number) => Backend>> = {
  wasm: createTrainingBackend,
  reference: createReferenceBackend,
}

/** `nabla bench`: how fast this machine trains this network. */
export const bench: CliCommand = {
  declare: (program) =>
    program
      .command('bench')
      .description('time training alone: seconds, samples/s, GFLOP/s, memory')
      .argument('<experiment>', 'an experiment file')
      .addOption(
        new Option('--backend <name>', 'what computes').choices(Object.keys(backends)).default('wasm'),
      )
      .option('--runs <number>', 'timed runs', wholeNumber(1, 100), 5)
      .addOption(threadsOption(1)),
  run: async (context, [path = ''], options) => {
    const { experiment, data } = await prepareRun(readExperiment(inFolder(context, path)))
    const threads = Number(options.threads)
    const backend = backends[String(options.backend)]!(threads)
    const result = measureTraining({
      experiment,
      data,
      backend,
      runs: Number(options.runs),
      seconds: 0.3,
      clock: () => context.clock() / 1000,
    })
    backend.close?.()
    const peakMemory = process.resourceUsage().maxRSS * 1024
    context.record({ type: 'bench', backend: String(options.backend), threads, peakMemory, ...result })
    const { median, spread, batchSize, parameters, rows, stepsPerRun, stepSeconds } = result
    const epoch = Math.ceil(rows / batchSize) * median.stepSeconds
    context.say(
      `${String(options.backend)}, ${threads === 1 ? '1 thread' : `${threads} threads`}, ${parameters.toLocaleString('en')} parameters, batch ${batchSize}`,
    )
    context.say(
      `  step           ${figure(median.stepSeconds * 1e6)} µs (median of ${stepSeconds.length} runs of ${stepsPerRun} steps, spread ${percent(spread)})`,
    )
    context.say(`  epoch          ${figure(epoch * 1000)} ms for ${rows} rows`)
    context.say(`  samples/s      ${Math.round(median.samplesPerSecond).toLocaleString('en')}`)
    context.say(`  GFLOP/s        ${figure(median.gigaflops)}`)
    context.say(`  peak memory    ${(peakMemory / 2 ** 20).toFixed(0)} MiB (the whole process)`)
    return exitCodes.success
  },
}
