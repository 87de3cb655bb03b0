import { normalWith } from './scaled'

export const glorotNormal = normalWith((fanIn, fanOut) => 2 / (fanIn + fanOut), {
  type: 'glorot-normal',
  order: 20,
  label: 'Glorot normal',
  help: 'As Glorot uniform, with a normal draw: a few weights start far larger than the rest.',
  formula: String.raw`w \sim N(0, \sigma^2), \quad \sigma = \sqrt{\tfrac{2}{n_\text{in} + n_\text{out}}}`,
  source:
    'Glorot and Bengio, “Understanding the difficulty of training deep feedforward neural networks”, AISTATS 2010, equation 12',
})
