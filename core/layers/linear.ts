import { activation, noSettings } from './activation'

export const linear = activation({
  type: 'linear',
  order: 20,
  label: 'Linear',
  help: 'Passes every number on unchanged. A stack of dense layers with nothing between them is no more than one of them: take it to see that.',
  schema: noSettings,
  formula: 'y = x',
  source: 'Rosenblatt, “The perceptron”, Psychological Review 65 (1958), without its threshold',
  apply: (x) => x,
})
