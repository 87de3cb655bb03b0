import { createTrainingBackend } from '../backend'
import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import { measureTraining, type Measurement } from './measure'
import { measurePytorch } from './pytorch'
import { benchSizes, experimentOf, madeUpData, type BenchSize } from './sizes'

/** `npm run bench`: how fast this machine trains three networks, beside PyTorch where that is installed. */
interface Result {
  readonly size: BenchSize
  readonly own: Measurement
  /** Seconds of one step. */
  readonly pytorch: number | null
}

const seconds = 0.4
const runs = 7

function measure(size: BenchSize): Result {
  const own = measureTraining({
    experiment: experimentOf(size),
    data: madeUpData(size),
    backend: createTrainingBackend(),
    runs,
    seconds,
    clock: () => performance.now() / 1000,
  })
  return { size, own, pytorch: measurePytorch(size, seconds, runs) }
}

function row({ size, own, pytorch }: Result): string[] {
  return [
    size.name,
    String(size.batch),
    figure(own.median.stepSeconds * 1e6),
    Math.round(own.median.samplesPerSecond).toLocaleString('en'),
    figure(own.median.gigaflops),
    percent(own.spread),
    pytorch === null ? '–' : Math.round(size.batch / pytorch).toLocaleString('en'),
    pytorch === null ? '–' : `${(pytorch / own.median.stepSeconds).toFixed(2)}×`,
  ]
}

const header = ['network', 'batch', 'µs/step', 'samples/s', 'GFLOP/s', 'spread', 'PyTorch samples/s', 'ratio']

function main(json: boolean): void {
  if (!json)
    process.stderr.write(`Training steps (forward, backward, Adam), one thread, median of ${runs} runs\n`)
  const results = benchSizes.map((size) => {
    const result = measure(size)
    if (json) process.stdout.write(`${JSON.stringify({ type: 'bench', ...result })}\n`)
    return result
  })
  if (!json) process.stdout.write(`${textTable(header, results.map(row))}\n`)
}

main(process.argv.includes('--json'))
