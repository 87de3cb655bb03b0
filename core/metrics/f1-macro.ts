import { macroMetric, ratio } from './macro'

export const f1Macro = macroMetric(
  {
    type: 'f1Macro',
    order: 50,
    label: 'F1 (macro)',
    help: 'Harmonic mean of precision and recall, averaged over all classes: high only if both are. Good when classes are of unlike size.',
    formula: String.raw`\frac{1}{K} \sum_k \frac{2\, \mathrm{TP}_k}{2\, \mathrm{TP}_k + \mathrm{FP}_k + \mathrm{FN}_k}`,
    source:
      'van Rijsbergen, “Information Retrieval”, 2nd edition, 1979, chapter 7; mean over classes as in scikit-learn’s f1_score with average="macro"',
  },
  ({ right, actual, predicted }) => ratio(2 * right, actual + predicted),
)
