import { meanOfDefined, oneAgainstRest, type OneAgainstRest } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

/**
 * The area from the sum of the ranks R of the n rows that have the class: (R - n (n + 1) / 2) / (n m), m rows being
 * without it. Rows of equal score share the mean of their ranks. NaN without rows on both sides.
 */
function area({ scores, hits }: OneAgainstRest): number {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!)
  let rankSum = 0
  let positives = 0
  for (let end = 0; end < order.length;) {
    const start = end
    const score = scores[order[end]!]!
    let tied = 0
    do tied += hits[order[end++]!]!
    while (end < order.length && scores[order[end]!]! === score)
    rankSum += (tied * (start + 1 + end)) / 2
    positives += tied
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives))
}

export const rocAuc: MetricKind = {
  type: 'rocAuc',
  order: 60,
  label: 'ROC AUC',
  help: 'How likely a row of the class scores above one that is not; 0.5 is guessing. With several classes, the mean of each against the rest. Needs no threshold.',
  schema: noSettings,
  formula: String.raw`P(s_i > s_j) + \tfrac{1}{2} P(s_i = s_j), \quad i \text{ in the class, } j \text{ not}`,
  source:
    'Hanley and McNeil, “The meaning and use of the area under a ROC curve”, Radiology 143 (1982); mean over classes as in scikit-learn’s multi_class="ovr"',
  targets: ['binary', 'category'],
  better: 'higher',
  share: false,
  compute: (scored) => meanOfDefined(oneAgainstRest(scored).map(area)),
}
