import { meanOfDefined, oneAgainstRest, type OneAgainstRest } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

/**
 * The threshold goes down through the scores; rows of equal score pass it together, and each time the precision is
 * weighed by what was gained in recall. NaN where no row has the class.
 */
function averagePrecision({ sizes, hits }: OneAgainstRest): number {
  let passed = 0
  let found = 0
  let weighed = 0
  for (let group = sizes.length - 1; group >= 0; group--) {
    passed += sizes[group]!
    found += hits[group]!
    weighed += hits[group]! * (found / passed)
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
