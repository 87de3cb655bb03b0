import type { Experiment, LayerEntry } from '../../../core/experiment/schema'

export interface Preset {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly network: readonly LayerEntry[]
  /** What else of the experiment must change for the network to fit. */
  readonly prepare?: (draft: Experiment) => void
}

export const hidden = (units: number): LayerEntry[] => [
  { type: 'dense', units, initializer: 'he-normal' },
  { type: 'relu' },
]

/** Stacks to start from. */
export const presets: readonly Preset[] = [
  {
    name: 'linear',
    label: 'Linear model',
    hint: 'output layer only: linear or logistic regression',
    network: [{ type: 'output' }],
  },
  {
    name: 'small-mlp',
    label: 'Small MLP',
    hint: 'one hidden layer of 16 with ReLU',
    network: [...hidden(16), { type: 'output' }],
  },
  {
    name: 'deep-mlp',
    label: 'Deep MLP',
    hint: 'hidden layers of 64, 64 and 32 with ReLU, dropout between',
    network: [
      ...hidden(64),
      { type: 'dropout', rate: 0.2 },
      ...hidden(64),
      { type: 'dropout', rate: 0.2 },
      ...hidden(32),
      { type: 'output' },
    ],
  },
  {
    name: 'residual-mlp',
    label: 'Residual MLP',
    hint: 'two residual blocks of 32, each around layer norm, dense and ReLU',
    network: [...hidden(32), residualBlock(32), residualBlock(32), { type: 'output' }],
  },
]

function residualBlock(units: number): LayerEntry {
  return { type: 'residual', layers: [{ type: 'layer-norm' }, ...hidden(units)] }
}
