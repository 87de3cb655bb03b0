import type { RateFinding, RatePoint } from '../../training/rate-finder'
import { textTable } from './text-table'
import { figure } from '../../metrics/metric-text'

/** Lines of the table, and letters of its longest bar. */
const LINES = 24
const WIDTH = 32

/** The curve as lines of text: rate, smoothed loss, a bar, and what is marked. The bars stop where the loss blows up. */
export function sweepTable({ points, steepest, diverging }: RateFinding): string {
  const size = Math.max(1, Math.ceil(points.length / LINES))
  const stretches = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  )
  const calm = points.filter(({ rate }) => diverging === null || rate < diverging)
  const highest = Math.max(0, ...calm.map(({ smoothed }) => smoothed ?? 0))
  const holds = (stretch: readonly RatePoint[], rate: number | null): boolean =>
    stretch.some((point) => point.rate === rate)
  const rows = stretches.map((stretch) => {
    const { rate, smoothed } = stretch.at(-1)!
    const marks = [
      holds(stretch, steepest) ? 'steepest' : '',
      holds(stretch, diverging) ? 'diverges' : '',
    ].filter(Boolean)
    return [
      rate.toExponential(1),
      figure(smoothed),
      barOf(smoothed, highest),
      marks.map((mark) => `← ${mark}`).join(' '),
    ]
  })
  return textTable(['rate', 'loss', '', ''], rows, (column) => column < 2)
}

function barOf(value: number | null, highest: number): string {
  if (value === null || !(highest > 0)) return ''
  const length = Math.round((Math.max(0, value) / highest) * WIDTH)
  return length > WIDTH ? `${'█'.repeat(WIDTH)}▶` : '█'.repeat(length)
}
