/** The table and the settings of `old-preprocessing.json`, which version 1 of the format was written for. */
export const oldCells = {
  size: ['1.5', '2', '', '5', '4.25', '6', '3', '8'],
  weight: ['10', '20', '30', '', '50', '60', '70', '80'],
  level: ['3', '1', '4', '1', '5', '9', '2', '6'],
  step: ['2', '7', '1', '8', '2', '8', '1', '8'],
  colour: ['red', 'blue', 'blue', '', 'green', 'red', 'red', 'blue'],
  shop: ['a', 'c', 'b', 'b', 'a', 'd', '', 'c'],
  moist: ['yes', 'no', 'no', 'no', '', 'yes', 'no', 'yes'],
  day: ['2024-01-01', '2024-01-12', '2024-01-03', '2024-02-04', '2024-01-05', '2024-01-06', '', '2024-03-01'],
  price: ['5', '7', '1', '12', '3', '9', '4', '8'],
}

export const oldExperiment = {
  columns: {
    weight: { scale: 'min-max', missing: 'median' },
    level: { scale: 'min-max', scaleGroup: 'g' },
    step: { scale: 'min-max', scaleGroup: 'g', missing: 'zero' },
    shop: { encode: 'codes', missing: 'zero' },
    day: { role: 'feature', type: 'date', scale: 'none' },
    price: { role: 'target' },
  },
  split: { train: 0.75, validation: 0.25, test: 0, strategy: 'sequential' },
} as const
