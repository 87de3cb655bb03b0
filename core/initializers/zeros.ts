import type { InitializerKind } from './initializer'
import { noSettings } from './scaled'

export const zeros: InitializerKind = {
  type: 'zeros',
  order: 70,
  label: 'Zeros',
  help: 'All weights 0. Right for a bias; weights of a hidden layer would all learn the same, so take it there only to see that happen.',
  formula: 'w = 0',
  source:
    'Goodfellow, Bengio, Courville, “Deep Learning”, 2016, section 8.4: breaking the symmetry between units',
  schema: noSettings,
  fill: (values) => void values.fill(0),
}
