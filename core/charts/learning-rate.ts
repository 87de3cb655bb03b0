import type { ChangeEvent, EpochEvent } from '../training/events'
import { withChanges } from './change-column'
import type { ChartKind } from './chart'
import { curvesOption, type CurveView } from './curves'
import { formatNumber, plural } from './format'
import type { BatchPoint } from './history'
import { extent, toPoint } from './points'

export interface LearningRateFeed {
  readonly epochs: readonly EpochEvent[]
  readonly batches: readonly BatchPoint[]
  readonly changes?: readonly ChangeEvent[]
  readonly view: Pick<CurveView, 'scale'>
}

/** Batches tell the rate more finely; where they were not kept, the last of each epoch stands for it. */
const ratesOf = ({ epochs, batches }: LearningRateFeed) => (batches.length ? batches : epochs)

export const learningRate: ChartKind<LearningRateFeed> = {
  id: 'learning-rate',
  title: 'Learning rate',
  help: 'The rate λ of each update: the optimizer’s own rate times what the schedule says at that moment.',
  shape: 'wide',
  option(feed, theme) {
    const log = feed.view.scale === 'log'
    const points = ratesOf(feed).map((event) => toPoint(event.epoch, event.learningRate, log))
    return curvesOption(theme, {
      title: 'Learning rate',
      axis: log ? 'Learning rate (log scale)' : 'Learning rate',
      view: { ...feed.view, smoothing: 0 },
      curves: [{ name: 'Learning rate', color: theme.train, points }],
      changes: feed.changes,
    })
  },
  table: (feed) =>
    withChanges(
      {
        header: ['epoch', 'learning_rate'],
        rows: ratesOf(feed).map(({ epoch, learningRate }) => [epoch, learningRate]),
      },
      feed.changes,
    ),
  describe(feed) {
    const rates = ratesOf(feed)
    const range = extent(rates.map((event) => event.learningRate))
    if (!range) return 'Learning rate: no step has been made yet.'
    const [low, high] = range
    const over = `over ${plural(Math.ceil(rates.at(-1)!.epoch), 'epoch')}`
    if (low === high) return `Learning rate ${over}: ${formatNumber(low)} throughout.`
    const [first, last] = [rates[0]!.learningRate, rates.at(-1)!.learningRate]
    return (
      `Learning rate ${over}: from ${formatNumber(first)} to ${formatNumber(last)}, ` +
      `between ${formatNumber(low)} and ${formatNumber(high)}.`
    )
  },
}
