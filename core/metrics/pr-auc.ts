import { meanOfDefined, oneAgainstRest, type OneAgainstRest } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

/**
 * The threshold goes down through the scores; rows of equal score pass it together, and each time the precision is
 * weighed by what was gained in recall. NaN where no row has the class.
 */
function averagePrecision({ scores, hits }: OneAgainstRest): number {
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!)
  let found = 0
  let weighed = 0
  for (let end = 0; end < order.length;) {
    const score = scores[order[end]!]!
    let gained = 0
    do gained += hits[order[end++]!]!
    while (end < order.length && scores[order[end]!]! === score)
    found += gained
    weighed += gained * (found / end)
  }
  return weighed / found
}

export const prAuc: MetricKind = {
  type: 'prAuc',
  order: 70,
  label: 'PR AUC',
  help: 'Average precision: the area under precision over recall, without interpolation. With several classes, the mean of each against the rest. Look at it when the class is rare.',
  schema: noSettings,
  formula: String.raw`\sum_n (R_n - R_{n-1})\, P_n`,
  source:
    'Manning, Raghavan, Schütze, “Introduction to Information Retrieval”, 2008, section 8.4; as scikit-learn’s average_precision_score',
  targets: ['binary', 'category'],
  better: 'higher',
  share: false,
  compute: (scored) => meanOfDefined(oneAgainstRest(scored).map(averagePrecision)),
}
