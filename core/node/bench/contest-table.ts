import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import { figuresOf, learnAlike, pairsOf, ratioOf, type ContestResult, type Standing } from './contest'

const header = ['workload', 'who', 'median s', 'fastest s', 'spread', 'final loss', 'score', 'peak MiB']

/** A line for each contestant of each workload, and below a line for each of ours beside each peer. */
export const contestTable = (results: readonly ContestResult[]): string =>
  [textTable(header, results.flatMap(linesOf), (column) => column > 1), ...ratioTables(results)].join('\n\n')

const linesOf = ({ workload, standings }: ContestResult): string[][] =>
  standings.map((standing, line) => {
    const { median, fastest, spread, loss, score } = figuresOf(standing)
    return [
      line === 0 ? `${workload.id.toUpperCase()} ${workload.title}` : '',
      ...[standing.name, figure(median), figure(fastest), percent(spread)],
      loss ? `${loss.mean.toFixed(4)} ± ${loss.deviation.toFixed(4)}` : '–',
      score.toFixed(4),
      (standing.peakMemory / 2 ** 20).toFixed(0),
    ]
  })

const ratioHeader = [
  'times as fast as',
  'workload',
  'ratio',
  'of fastest',
  'by round',
  'alike',
  'memory of it',
]

/** Ratios above 1 say that ours is faster; no table without peers. */
function ratioTables(results: readonly ContestResult[]): string[] {
  const lines = results.flatMap((result) =>
    pairsOf(result).map(({ own, peer }) => ({ workload: result.workload.id.toUpperCase(), own, peer })),
  )
  const pairs = [...new Set(lines.map(({ own, peer }) => `${own.name} / ${peer.name}`))]
  const rows = pairs.flatMap((pair) =>
    lines
      .filter(({ own, peer }) => `${own.name} / ${peer.name}` === pair)
      .map(({ workload, own, peer }, line) => [line === 0 ? pair : '', workload, ...ratiosOf(own, peer)]),
  )
  return rows.length > 0 ? [textTable(ratioHeader, rows, (column) => column > 1)] : []
}

function ratiosOf(own: Standing, peer: Standing): string[] {
  const { median, fastest, range } = ratioOf(own, peer)
  const alike = learnAlike(own, peer)
  return [
    ...[median, fastest].map(times),
    `${range[0].toFixed(2)}–${range[1].toFixed(2)}`,
    alike === null ? '–' : alike ? 'yes' : 'NO',
    times(own.peakMemory / peer.peakMemory),
  ]
}

const times = (value: number): string => `${value.toFixed(2)}×`
