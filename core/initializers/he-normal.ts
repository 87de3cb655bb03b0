import { normalWith } from './scaled'

export const heNormal = normalWith((fanIn) => 2 / fanIn, {
  type: 'he-normal',
  order: 40,
  label: 'He normal',
  help: 'As He uniform, with a normal draw. Take it before ReLU and its relatives in deep stacks.',
  formula: String.raw`w \sim N(0, \sigma^2), \quad \sigma = \sqrt{\tfrac{2}{n_\text{in}}}`,
  source: 'He, Zhang, Ren, Sun, “Delving deep into rectifiers”, ICCV 2015, equation 10',
})
