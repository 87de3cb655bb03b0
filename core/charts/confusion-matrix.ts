import { axisName, baseOption } from './base'
import type { ChartKind } from './chart'
import { rampColor, readableOn } from './color'
import { formatShare, plural } from './format'
import type { ChartTheme } from './theme'

export interface ConfusionMatrixFeed {
  readonly classes: readonly string[]
  /** [true class][predicted class] */
  readonly counts: readonly (readonly number[])[]
  /** Whose rows, such as `test`. */
  readonly split: string
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Share of a true class that was predicted as each class; zeros for a class without rows. */
function rowShares(row: readonly number[]): number[] {
  const total = sum(row)
  return row.map((count) => (total ? count / total : 0))
}

export const confusionMatrix: ChartKind<ConfusionMatrixFeed> = {
  id: 'confusion-matrix',
  title: 'Confusion matrix',
  help:
    'Rows are the true classes, columns what the network said. The colour is the share of the row, so that each row ' +
    'adds up to 100 %; what lies off the diagonal is a mistake.',
  shape: 'square',
  option({ classes, counts, split }, theme) {
    const base = baseOption(theme, `Confusion matrix, ${split} rows`, [])
    return {
      ...base,
      grid: { ...(base.grid as object), right: 76 },
      tooltip: { ...base.tooltip, trigger: 'item', formatter: cellTooltip(classes, counts) },
      xAxis: { ...classAxis(theme, classes), ...axisName(theme, 'Predicted class') },
      yAxis: { ...classAxis(theme, classes), ...axisName(theme, 'True class', true), inverse: true },
      visualMap: shareScale(theme),
      series: [
        { type: 'heatmap', name: 'Share', data: cells(classes, counts, theme), emphasis: { disabled: true } },
      ],
    }
  },
  table: ({ classes, counts }) => ({
    header: ['true class', ...classes.map((name) => `predicted ${name}`)],
    rows: classes.map((name, i) => [name, ...classes.map((_, j) => counts[i]?.[j] ?? 0)]),
  }),
  describe({ classes, counts, split }) {
    const total = sum(counts.map(sum))
    if (!total) return `Confusion matrix: there are no ${split} rows.`
    const right = sum(counts.map((row, i) => row[i] ?? 0))
    const worst = worstMistake(counts)
    const mistake = worst
      ? ` Most frequent mistake: ${classes[worst.truth]} taken for ${classes[worst.said]} (${worst.count}).`
      : ''
    return (
      `Confusion matrix of ${plural(total, `${split} row`)}: ${right} right (${formatShare(right / total)}).` +
      mistake
    )
  },
}

const classAxis = (theme: ChartTheme, classes: readonly string[]) => ({
  type: 'category' as const,
  data: [...classes],
  axisLine: { show: false },
  axisTick: { show: false },
  splitArea: { show: false },
  axisLabel: {
    color: theme.muted,
    fontSize: classes.length > 16 ? 10 : 12,
    interval: 0,
    width: 96,
    overflow: 'truncate' as const,
    ...(classes.length > 8 && { hideOverlap: true }),
  },
})

/** The scale of colours beside the matrix; as high as the picture allows. */
const shareScale = (theme: ChartTheme) => ({
  type: 'continuous' as const,
  dimension: 2,
  min: 0,
  max: 1,
  right: 8,
  top: 'middle',
  itemWidth: 12,
  itemHeight: 150,
  calculable: false,
  hoverLink: false,
  selectedMode: false,
  text: ['100 %', '0 %'],
  textStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 11 },
  inRange: { color: [...theme.ramp] },
})

/** Up to 12 classes a cell has room for count and share, up to 20 for the count; beyond, colour and tooltip tell. */
function cells(classes: readonly string[], counts: readonly (readonly number[])[], theme: ChartTheme) {
  const size = classes.length
  return counts.slice(0, size).flatMap((row, i) => {
    const shares = rowShares(row)
    return row.slice(0, size).map((count, j) => {
      const share = shares[j]!
      const background = rampColor(theme.ramp, share)
      return {
        value: [j, i, share],
        itemStyle: { borderColor: theme.surface, borderWidth: size > 12 ? 1 : 2 },
        label: {
          show: size <= 20 || count > 0,
          // A zero stands back, what happened stands out.
          color: count > 0 ? readableOn(background) : theme.muted,
          fontFamily: theme.font,
          fontSize: size <= 6 ? 14 : size <= 12 ? 11 : 9,
          lineHeight: 18,
          formatter: size <= 8 && count > 0 ? `${count}\n${Math.round(share * 100)} %` : String(count),
        },
      }
    })
  })
}

const cellTooltip =
  (classes: readonly string[], counts: readonly (readonly number[])[]) =>
  (given: unknown): string => {
    const { value } = given as { value?: [number, number, number] }
    if (!Array.isArray(value)) return ''
    const [said, truth, share] = value
    return [
      `true: ${classes[truth]}`,
      `predicted: ${classes[said]}`,
      `${plural(counts[truth]?.[said] ?? 0, 'row')}, ${formatShare(share)} of this class`,
    ].join('\n')
  }

function worstMistake(counts: readonly (readonly number[])[]) {
  let worst: { truth: number; said: number; count: number } | undefined
  counts.forEach((row, truth) =>
    row.forEach((count, said) => {
      if (truth !== said && count > (worst?.count ?? 0)) worst = { truth, said, count }
    }),
  )
  return worst
}
