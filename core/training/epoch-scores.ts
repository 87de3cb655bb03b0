import type { PreparedData } from '../data/prepared'
import { outputUnits } from '../data/target-parts'
import type { Checkpoint } from './checkpoint'
import type { EpochPass } from './epoch-pass'
import { EpochMemory } from './epoch-memory'
import type { Pass } from './evaluator'
import type { Measured } from './events'
import { costOfMetrics, MetricRate } from './metric-rate'
import { lossOf, measure, measureOne } from './scoring'

type Values = Omit<Measured, 'epoch'>

/** What is known of the epochs of a training: the loss of each, what is watched, and all metrics of those chosen for it. */
export class EpochScores {
  private readonly memory = new EpochMemory()
  private readonly rate: MetricRate
  private readonly units: number
  /** Of a training before this one, which it goes on from. */
  private earlier: readonly Measured[] = []

  constructor(
    private readonly data: PreparedData,
    /** Name of what is watched. */
    private readonly monitor: string,
    every: number | undefined,
  ) {
    const { target } = data.preprocessing
    const { train, validation } = data.splits
    this.units = outputUnits(target)
    const cost = (rows: Uint32Array): number => costOfMetrics(rows.length, this.units, target)
    this.rate = new MetricRate(cost(train) + cost(validation), every)
  }

  /** A place for what the batches of the next epoch show. */
  begin(rows: Uint32Array): EpochPass {
    return this.memory.begin(rows, this.units)
  }

  /**
   * The epoch under way has ended.
   * @param trained its counted nanoseconds
   * @param wanted all metrics of it in any case
   */
  end(epoch: number, validation: Pass | null, trained: number, wanted: boolean): Values {
    const { current } = this.memory
    this.memory.end(epoch, validation)
    current.measured = this.rate.isDue(epoch, trained) || wanted
    return current.measured ? this.measure(current) : this.measureMonitor(current)
  }

  /** The last epoch is the best one so far. */
  isBest(): void {
    this.memory.best = this.memory.last
  }

  private measure(pass: EpochPass): Values {
    const { data } = this
    const { rows, validation } = pass
    return {
      train: measure(pass.shown(), rows, data),
      validation: validation && measure(validation, data.splits.validation, data),
    }
  }

  private measureMonitor(pass: EpochPass): Values {
    const { monitor, data } = this
    const { validation } = pass
    const train = lossOf(pass)
    if (monitor === 'loss') return { train, validation: validation && lossOf(validation) }
    return validation
      ? { train, validation: measureOne(monitor, validation, data.splits.validation, data) }
      : { train: measureOne(monitor, pass.shown(), pass.rows, data), validation }
  }

  /** Metrics of the best and the last epoch, as far as they were not told. */
  untold(best: number, last: number): Measured[] {
    const here = this.memory.kept()
    const earlier = this.earlier.filter(
      ({ epoch }) => (epoch === best || epoch === last) && !here.some((pass) => pass.epoch === epoch),
    )
    const own = here.filter(({ measured }) => !measured)
    return [...earlier, ...own.map((pass) => ({ epoch: pass.epoch, ...this.measure(pass) }))]
  }

  state(best: number, last: number): Pick<Checkpoint, 'metricRate' | 'untold'> {
    const untold = this.untold(best, last)
    return { metricRate: this.rate.state(), ...(untold.length > 0 && { untold }) }
  }

  restore({ metricRate, untold = [] }: Checkpoint): void {
    this.earlier = untold
    if (metricRate) this.rate.restore(metricRate)
  }
}
