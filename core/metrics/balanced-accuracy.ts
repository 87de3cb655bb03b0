import { meanOfDefined } from './classes'
import { countsByClass } from './confusion'
import { noSettings } from './macro'
import type { MetricKind } from './metric'

export const balancedAccuracy: MetricKind = {
  type: 'balancedAccuracy',
  order: 20,
  label: 'Balanced accuracy',
  help: 'Accuracy within each class, averaged over the classes that occur: guessing the largest class gains nothing.',
  schema: noSettings,
  formula: String.raw`\frac{1}{|\{k : N_k > 0\}|} \sum_{k : N_k > 0} \frac{\mathrm{TP}_k}{N_k}`,
  source:
    'Brodersen, Ong, Stephan, Buhmann, “The balanced accuracy and its posterior distribution”, ICPR 2010',
  targets: ['binary', 'category'],
  better: 'higher',
  share: true,
  compute: (scored) => meanOfDefined(countsByClass(scored).map(({ right, actual }) => right / actual)),
}
