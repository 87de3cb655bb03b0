import { uniformWith } from './scaled'

export const glorotUniform = uniformWith((fanIn, fanOut) => 2 / (fanIn + fanOut), {
  type: 'glorot-uniform',
  order: 10,
  label: 'Glorot uniform',
  help: 'Even draw whose spread keeps signals and gradients of one size from layer to layer. The usual start, made for tanh and sigmoid.',
  formula: String.raw`w \sim U(-a, a), \quad a = \sqrt{\tfrac{6}{n_\text{in} + n_\text{out}}}`,
  source:
    'Glorot and Bengio, “Understanding the difficulty of training deep feedforward neural networks”, AISTATS 2010, equation 16',
})
