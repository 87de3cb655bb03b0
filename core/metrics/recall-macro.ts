import { macroMetric, ratio } from './macro'

export const recallMacro = macroMetric(
  {
    type: 'recallMacro',
    order: 40,
    label: 'Recall (macro)',
    help: 'Of the rows that have a class, the share that was found; mean over all classes. Look at it when a miss is costly.',
    formula: String.raw`\frac{1}{K} \sum_k \frac{\mathrm{TP}_k}{\mathrm{TP}_k + \mathrm{FN}_k}`,
    source:
      'Sokolova and Lapalme, “A systematic analysis of performance measures for classification tasks”, Information Processing and Management 45 (2009), table 3; a class without rows counts 0',
  },
  ({ right, actual }) => ratio(right, actual),
)
