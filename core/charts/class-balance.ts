import { axisName, baseOption, numberAxis } from './base'
import type { ChartKind } from './chart'
import { formatShare, plural } from './format'

export interface ClassBalanceFeed {
  readonly classes: readonly string[]
  /** Rows of each class, in the order of `classes`. */
  readonly balance: Readonly<Record<'train' | 'validation' | 'test', readonly number[]>>
}

const splits = [
  ['train', 'Training'],
  ['validation', 'Validation'],
  ['test', 'Test'],
] as const

const totalOf = ({ balance }: ClassBalanceFeed, at: number): number =>
  splits.reduce((total, [split]) => total + (balance[split][at] ?? 0), 0)

export const classBalance: ChartKind<ClassBalanceFeed> = {
  id: 'class-balance',
  title: 'Class balance',
  help: 'Rows of each class, and how they were dealt to training, validation and test.',
  shape: 'wide',
  option({ classes, balance }, theme) {
    const base = baseOption(
      theme,
      'Class balance',
      splits.map(([, label]) => label),
    )
    return {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: numberAxis(theme, { name: 'Rows', whole: true, min: 0 }),
      yAxis: {
        type: 'category',
        data: [...classes],
        inverse: true,
        ...axisName(theme, '', true),
        axisLine: { lineStyle: { color: theme.line } },
        axisTick: { show: false },
        axisLabel: { color: theme.muted, width: 140, overflow: 'truncate' },
      },
      series: splits.map(([split, name]) => ({
        type: 'bar' as const,
        stack: 'rows',
        name,
        color: theme[split],
        barMaxWidth: 28,
        itemStyle: { borderColor: theme.surface, borderWidth: 1 },
        data: classes.map((_, i) => balance[split][i] ?? 0),
      })),
    }
  },
  table: (feed) => ({
    header: ['class', ...splits.map(([split]) => split), 'all'],
    rows: feed.classes.map((name, i) => [
      name,
      ...splits.map(([split]) => feed.balance[split][i] ?? 0),
      totalOf(feed, i),
    ]),
  }),
  describe(feed) {
    const totals = feed.classes.map((name, i) => ({ name, rows: totalOf(feed, i) }))
    const all = totals.reduce((total, { rows }) => total + rows, 0)
    if (!all) return 'Class balance: there are no rows.'
    const [most] = [...totals].sort((a, b) => b.rows - a.rows)
    const least = [...totals].sort((a, b) => a.rows - b.rows)[0]!
    return (
      `Class balance of ${plural(all, 'row')} in ${plural(totals.length, 'class', 'classes')}: most are ` +
      `${most!.name} (${formatShare(most!.rows / all)}), fewest ${least.name} (${formatShare(least.rows / all)}).`
    )
  },
}
