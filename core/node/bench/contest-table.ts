import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import { figuresOf, learnAlike, ratioOf, type ContestResult, type Standing } from './contest'

const header = [
  ...['workload', 'who', 'median s', 'fastest s', 'spread', 'ratio', 'of fastest', 'by round'],
  ...['final loss', 'score', 'alike', 'peak MiB'],
]

const times = (value: number): string => `${value.toFixed(2)}×`

/** A line for each contestant of each workload; ratios above 1 say that ours is faster. */
export const contestTable = (results: readonly ContestResult[]): string =>
  textTable(header, results.flatMap(linesOf), (column) => column > 1)

const linesOf = ({ workload, standings }: ContestResult): string[][] => {
  const [own] = standings as [Standing]
  return standings.map((standing) => {
    const { median, fastest, spread, loss, score } = figuresOf(standing)
    return [
      standing === own ? `${workload.id.toUpperCase()} ${workload.title}` : '',
      ...[standing.name, figure(median), figure(fastest), percent(spread)],
      ...(standing === own ? ['', '', ''] : ratiosOf(own, standing)),
      `${loss.mean.toFixed(4)} ± ${loss.deviation.toFixed(4)}`,
      ...[score.toFixed(4), standing === own ? '' : alikeOf(own, standing)],
      (standing.peakMemory / 2 ** 20).toFixed(0),
    ]
  })
}

function ratiosOf(own: Standing, peer: Standing): string[] {
  const { median, fastest, range } = ratioOf(own, peer)
  return [times(median), times(fastest), `${range[0].toFixed(2)}–${range[1].toFixed(2)}`]
}

function alikeOf(own: Standing, peer: Standing): string {
  const alike = learnAlike(own, peer)
  return alike === null ? '–' : alike ? 'yes' : 'NO'
}
