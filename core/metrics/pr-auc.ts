import { meanOfDefined } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'
import { rankAreas } from './ranking'

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
  compute: (scored) => meanOfDefined(rankAreas(scored).map(({ precisionRecall }) => precisionRecall)),
}
