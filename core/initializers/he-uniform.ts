import { uniformWith } from './scaled'

export const heUniform = uniformWith((fanIn) => 2 / fanIn, {
  type: 'he-uniform',
  order: 30,
  label: 'He uniform',
  help: 'Even draw with twice the variance of LeCun, since ReLU silences half of the units. Take it before ReLU and its relatives.',
  formula: String.raw`w \sim U(-a, a), \quad a = \sqrt{\tfrac{6}{n_\text{in}}}`,
  source:
    'He, Zhang, Ren, Sun, “Delving deep into rectifiers”, ICCV 2015, equation 10, with an even draw of the same variance',
})
