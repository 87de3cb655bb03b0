import { meanOfDefined } from './classes'
import { noSettings } from './macro'
import type { MetricKind } from './metric'
import { rankAreas } from './ranking'

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
  compute: (scored) => meanOfDefined(rankAreas(scored).map(({ roc }) => roc)),
}
