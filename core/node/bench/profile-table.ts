import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import type { ProfileRow } from './profile'

/** Calls that run as one are many words; their first and last ones tell which they are. */
const longest = 26

function short(kernel: string): string {
  const words = kernel.split('+')
  if (kernel.length <= longest) return kernel
  return `${words[0]} … ${words.at(-1)} (${words.length} in one)`
}

/** The largest shares; what is less than one in a thousand is put together. */
export function profileTable(profile: readonly ProfileRow[]): string {
  const shown = profile.filter(({ share }) => share >= 0.001)
  const rest = profile.slice(shown.length)
  const rows = shown.map((row) => [
    ...[short(row.kernel), row.layer, row.shape, figure(row.calls)],
    ...[figure(row.seconds * 1e6), percent(row.share), figure(row.gigaflops)],
  ])
  const sum = (of: (row: ProfileRow) => number): number => rest.reduce((total, row) => total + of(row), 0)
  if (rest.length)
    rows.push([
      ...[`${rest.length} others`, '', '', figure(sum((row) => row.calls))],
      ...[figure(sum((row) => row.seconds) * 1e6), percent(sum((row) => row.share)), '–'],
    ])
  const header = ['kernel', 'layer', 'shape', 'calls', 'µs', 'share', 'GFLOP/s']
  return textTable(header, rows, (column) => column > 2)
}
