import type { Contestant } from './contestants'
import { jobOf, type Answer } from './job'
import { lastObject, type RunProgram } from './run-program'
import { median, spread } from './statistics'
import type { Workload } from './workloads'

/** Trainings of each, over all rounds, without which the spread of their final losses is not known. */
const FEWEST = 3

/** What one contestant did on one workload, all rounds together. */
export interface Standing {
  readonly name: string
  /** Ours. */
  readonly own: boolean
  readonly version: string
  /** Of each training, by round. */
  readonly rounds: readonly (readonly number[])[]
  readonly losses: readonly number[]
  readonly scores: readonly number[]
  /** Bytes of the whole process, the most of all rounds. */
  readonly peakMemory: number
}

export interface ContestResult {
  readonly workload: Pick<Workload, 'id' | 'title'>
  /** Ours first. */
  readonly standings: readonly Standing[]
}

export interface ContestOptions {
  readonly contestants: readonly Contestant[]
  /** Holds the data. */
  readonly folder: string
  readonly rounds: number
  /** Timed trainings of each contestant in each round. */
  readonly runs: number
  readonly run: RunProgram
}

/**
 * One workload on everyone who takes it: round by round, each in a process of its own, one at a time, so that a machine that
 * slows down does so for all. Seeds are counted on from round to round.
 */
export async function contest(workload: Workload, options: ContestOptions): Promise<ContestResult> {
  const { folder, rounds, runs, run } = options
  const contestants = options.contestants.filter(({ takes }) => takes(workload))
  const answers = contestants.map((): Answer[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, { call, most = Infinity }] of contestants.entries()) {
      const turn = Math.max(Math.min(runs, most), Math.ceil(FEWEST / rounds))
      const seeds = Array.from({ length: turn }, (_, training) => round * turn + training + 1)
      const job = jobOf(workload, folder, { warm: true, seeds })
      answers[i]!.push(lastObject<Answer>(await run(call(job))))
    }
  }
  const { id, title } = workload
  return {
    workload: { id, title },
    standings: contestants.map((contestant, i) => standingOf(contestant, answers[i]!)),
  }
}

const standingOf = ({ name, own }: Contestant, answers: readonly Answer[]): Standing => ({
  name,
  own,
  version: answers[0]!.version,
  rounds: answers.map(({ seconds }) => seconds),
  losses: answers.flatMap(({ losses }) => losses),
  scores: answers.flatMap(({ scores }) => scores),
  peakMemory: Math.max(...answers.map(({ peakMemory }) => peakMemory)),
})

/** Each of ours with each peer. */
export function pairsOf({ standings }: ContestResult): { own: Standing; peer: Standing }[] {
  const [ours, peers] = [standings.filter(({ own }) => own), standings.filter(({ own }) => !own)]
  return ours.flatMap((own) => peers.map((peer) => ({ own, peer })))
}

/** The figures of a standing that are shown and compared. */
export interface Figures {
  readonly median: number
  readonly fastest: number
  readonly spread: number
  /** Null for who has another loss. */
  readonly loss: { readonly mean: number; readonly deviation: number } | null
  readonly score: number
}

export function figuresOf({ rounds, losses, scores }: Standing): Figures {
  const seconds = rounds.flat()
  return {
    median: median(seconds),
    fastest: Math.min(...seconds),
    spread: spread(seconds),
    loss: lossOf(losses),
    score: mean(scores),
  }
}

const lossOf = (losses: readonly number[]): Figures['loss'] =>
  losses.length > 0 ? { mean: mean(losses), deviation: deviation(losses) } : null

/** Ours against one peer; above 1, ours is faster. */
export interface Ratio {
  /** Of the medians of all trainings. */
  readonly median: number
  /** Of the fastest trainings, which a busy machine disturbs least. */
  readonly fastest: number
  /** Smallest and largest of the rounds' own. */
  readonly range: readonly [lowest: number, highest: number]
}

export function ratioOf(own: Standing, peer: Standing): Ratio {
  const [ours, theirs] = [figuresOf(own), figuresOf(peer)]
  const each = own.rounds.map((seconds, round) => median(peer.rounds[round]!) / median(seconds))
  return {
    median: theirs.median / ours.median,
    fastest: theirs.fastest / ours.fastest,
    range: [Math.min(...each), Math.max(...each)],
  }
}

/**
 * Whether two sides learn the same: their mean final losses lie no further apart than two trainings of one side with
 * other seeds may, at two deviations. Null with another loss, or too few trainings to know a deviation.
 */
export function learnAlike(own: Standing, peer: Standing): boolean | null {
  if (Math.min(own.losses.length, peer.losses.length) < FEWEST) return null
  const apart = Math.abs(mean(own.losses) - mean(peer.losses))
  return apart <= 2 * Math.hypot(deviation(own.losses), deviation(peer.losses))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0
}
