import { figuresOf, learnAlike, ratioOf, type ContestResult, type Standing } from './contest'
import type { Extras } from './extras'
import { costOfWatching } from './watched'

export interface ReportFacts {
  readonly version: string
  readonly machine: { readonly processor: string; readonly pinned: boolean; readonly node: string }
  readonly backend: string
  readonly rounds: number
  readonly runs: number
  readonly results: readonly ContestResult[]
  readonly extras: Extras
}

/** All figures of one run of the bench, for programs: what the tables show, and what they were made from. */
export const reportOf = ({ results, extras, ...facts }: ReportFacts) => ({
  nablaBench: 1,
  ...facts,
  workloads: results.map(({ workload, standings }) => ({
    ...workload,
    standings: standings.map((standing) => standingOf(standing, standings[0]!)),
  })),
  wholeProcesses: extras.whole,
  products: extras.products,
  twoThreads: extras.threads,
  tables: extras.tables,
  watched: extras.watched.map((times) => ({ ...times, cost: costOfWatching(times) })),
})

const standingOf = (standing: Standing, own: Standing) => ({
  ...standing,
  ...figuresOf(standing),
  ...(standing !== own && { ratio: ratioOf(own, standing), learnsAlike: learnAlike(own, standing) }),
})
