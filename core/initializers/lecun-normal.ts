import { normalWith } from './scaled'

export const lecunNormal = normalWith((fanIn) => 1 / fanIn, {
  type: 'lecun-normal',
  order: 60,
  label: 'LeCun normal',
  help: 'As LeCun uniform, with a normal draw.',
  formula: String.raw`w \sim N(0, \sigma^2), \quad \sigma = \sqrt{\tfrac{1}{n_\text{in}}}`,
  source:
    'LeCun, Bottou, Orr, Müller, “Efficient BackProp”, Neural Networks: Tricks of the Trade, 1998, section 4.6',
})
