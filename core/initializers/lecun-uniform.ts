import { uniformWith } from './scaled'

export const lecunUniform = uniformWith((fanIn) => 1 / fanIn, {
  type: 'lecun-uniform',
  order: 50,
  label: 'LeCun uniform',
  help: 'Even draw that keeps the variance of a unit’s sum at 1. Take it for linear stacks and tanh.',
  formula: String.raw`w \sim U(-a, a), \quad a = \sqrt{\tfrac{3}{n_\text{in}}}`,
  source:
    'LeCun, Bottou, Orr, Müller, “Efficient BackProp”, Neural Networks: Tricks of the Trade, 1998, section 4.6',
})
