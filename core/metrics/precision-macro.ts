import { macroMetric, ratio } from './macro'

export const precisionMacro = macroMetric(
  {
    type: 'precisionMacro',
    order: 30,
    label: 'Precision (macro)',
    help: 'Of the rows predicted as a class, the share that has it; mean over all classes. Look at it when a false alarm is costly.',
    formula: String.raw`\frac{1}{K} \sum_k \frac{\mathrm{TP}_k}{\mathrm{TP}_k + \mathrm{FP}_k}`,
    source:
      'Sokolova and Lapalme, “A systematic analysis of performance measures for classification tasks”, Information Processing and Management 45 (2009), table 3; a class never predicted counts 0',
  },
  ({ right, predicted }) => ratio(right, predicted),
)
