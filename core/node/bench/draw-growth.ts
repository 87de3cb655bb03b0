import { resolve } from 'node:path'
import { lightTheme, standalone } from '../../charts/theme'
import { figure } from '../../metrics/metric-text'
import { renderSvg } from '../charts/render-svg'
import type { CliContext } from '../cli/context'
import { textTable } from '../cli/text-table'
import { writeAtomic } from '../files/write-atomic'
import { growthChart, growthSize } from './growth-chart'
import { growthAxes, growthPoint, type Growth, type GrowthPoint } from './growth'

/** All points are timed so often, round by round, since a busy minute of the machine would else bend a whole curve. */
const ROUNDS = 4

const fastestOf = (points: readonly GrowthPoint[]): GrowthPoint =>
  points.reduce((best, point) => (point.seconds < best.seconds ? point : best))

/** Times all axes, prints their numbers and writes the picture. */
export async function drawGrowth(
  file: string,
  backend: string,
  { context, clock }: { readonly context: CliContext; readonly clock: () => number },
): Promise<void> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    context.note(`round ${round + 1} of ${ROUNDS} …`)
    return growthAxes.map((axis) => axis.values.map((value) => growthPoint(axis, value, { backend, clock })))
  })
  const growths = growthAxes.map(({ id, title, values }, axis): Growth => {
    const points = values.map((_, i) => fastestOf(rounds.map((round) => round[axis]![i]!)))
    return { id, title, points }
  })
  for (const growth of growths) context.say(`${growthTable(growth)}\n`)
  const svg = await renderSvg(growthChart(growths, standalone(lightTheme)), ...growthSize(growths.length))
  writeAtomic(resolve(context.folder, file), svg)
}

const growthTable = ({ title, points }: Growth): string =>
  textTable([title, 'µs a step', 'GFLOP/s', 'times the one before'], points.map(rowOf))

const rowOf = ({ value, seconds, flops }: GrowthPoint, i: number, all: readonly GrowthPoint[]): string[] => [
  ...[String(value), figure(seconds * 1e6), figure(flops / seconds / 1e9)],
  i === 0 ? '' : figure(seconds / all[i - 1]!.seconds),
]
