import type { InitializerKind } from './initializer'
import { noSettings } from './scaled'

export const ones: InitializerKind = {
  type: 'ones',
  order: 80,
  label: 'Ones',
  help: 'All weights 1. For experiments in which the start must be known by heart; all units of a layer learn the same.',
  formula: 'w = 1',
  source:
    'Goodfellow, Bengio, Courville, “Deep Learning”, 2016, section 8.4: breaking the symmetry between units',
  schema: noSettings,
  fill: (values) => void values.fill(1),
}
