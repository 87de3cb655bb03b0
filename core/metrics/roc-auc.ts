import { meanOfDefined, oneAgainstRest, type OneAgainstRest } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

/**
 * The area from the sum of the ranks R of the n rows that have the class: (R - n (n + 1) / 2) / (n m), m rows being
 * without it. Rows of equal score share the mean of their ranks. NaN without rows on both sides.
 */
function area({ rows, sizes, hits }: OneAgainstRest): number {
  let rankSum = 0
  let positives = 0
  let end = 0
  for (let group = 0; group < sizes.length; group++) {
    const start = end
    end += sizes[group]!
    rankSum += (hits[group]! * (start + 1 + end)) / 2
    positives += hits[group]!
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (rows - positives))
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
