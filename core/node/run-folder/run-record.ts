import type { HelpPage } from '../../errors/lab-error'
import type { ChangeEvent, EndReason, MetricValues } from '../../training/events'
import type { SplitName } from '../../data/prepared'

/** A change that took effect before this batch of this epoch, after so many steps. */
export type RecordedChange = Pick<ChangeEvent, 'epoch' | 'batch' | 'step' | 'set'>

/** What `run.json` says of a run. Times are ISO 8601 in UTC. */
export interface RunRecord {
  readonly nablaRun: 1
  readonly name: string
  readonly status: 'running' | 'finished' | 'failed'
  /** Why it ended; null while it runs. */
  readonly reason: EndReason | null
  readonly started: string
  readonly finished: string | null
  /** Training time, without reading the data and writing the files. */
  readonly seconds: number
  readonly epochs: number
  readonly steps: number
  /** 0 when no epoch was finished. */
  readonly bestEpoch: number
  readonly parameters: number
  readonly rows: Readonly<Record<SplitName, number>>
  readonly metrics: Readonly<Record<SplitName, MetricValues | null>>
  /** Where several columns are predicted: the metrics of each, by its name; `metrics` are of all. */
  readonly targets?: Readonly<Record<string, Readonly<Record<SplitName, MetricValues | null>>>>
  /** SHA-256 of the final weights' bytes; null until there are any. */
  readonly fingerprint: string | null
  /** How much a row of each class counted in the loss; left out where all counted alike. */
  readonly classWeights?: Readonly<Record<string, number>>
  readonly seed: number
  readonly backend: string
  readonly precision: string
  readonly threads: number
  readonly versions: Readonly<Record<string, string>>
  /** The command that made it, as typed after `nabla`. */
  readonly command: readonly string[]
  /** Settings that changed on the way, in the order in which they did; left out where none did. */
  readonly changes?: readonly RecordedChange[]
  readonly problem?: HelpPage
}
