import { activation, noSettings } from './activation'
import { clamp } from './clamp'

export const relu6 = activation({
  type: 'relu6',
  order: 32,
  label: 'ReLU6',
  help: 'ReLU that stops at 6, so that numbers stay small. Made for networks that will run with few bits.',
  schema: noSettings,
  formula: String.raw`y = \min(\max(x, 0), 6)`,
  source:
    'Krizhevsky, “Convolutional deep belief networks on CIFAR-10”, 2010, section 2.1; as PyTorch’s ReLU6, with derivative 0 at both ends',
  apply: (x) => clamp(x, 0, 6),
})
