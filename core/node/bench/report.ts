import { figuresOf, learnAlike, pairsOf, ratioOf, type ContestResult } from './contest'
import type { Extras } from './extras'

export interface ReportFacts {
  readonly version: string
  readonly machine: { readonly processor: string; readonly pinned: boolean; readonly node: string }
  readonly backends: readonly string[]
  readonly rounds: number
  readonly runs: number
  readonly results: readonly ContestResult[]
  readonly extras: Extras
}

/** All figures of one run of the bench, for programs: what the tables show, and what they were made from. */
export const reportOf = ({ results, extras, ...facts }: ReportFacts) => ({
  nablaBench: 1,
  ...facts,
  workloads: results.map((result) => ({
    ...result.workload,
    standings: result.standings.map((standing) => ({ ...standing, ...figuresOf(standing) })),
    ratios: pairsOf(result).map(({ own, peer }) => ({
      ...{ own: own.name, peer: peer.name, ...ratioOf(own, peer), learnsAlike: learnAlike(own, peer) },
    })),
  })),
  wholeProcesses: extras.whole,
  products: extras.products,
  twoThreads: extras.threads,
  tables: extras.tables,
  watched: extras.watched,
})
