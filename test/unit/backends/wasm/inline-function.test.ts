import { expect, test } from 'vitest'
import { kernelCode } from '../../../../core/backends/wasm/kernels-instance'

// Their results are compared with exact ones, and with one another in other lanes, in functions.test.ts.
test.each(['exp4', 'log4', 'tanh4', 'sigmoid4', 'softplus4', 'erf4', 'sign4'])(
  '%s is put into loops as code',
  (name) => expect(kernelCode(name)?.parameters).toBe(1),
)

test.each(['sin4', 'cos4'])('%s branches, so it is called', (name) =>
  expect(kernelCode(name)).toBeUndefined(),
)

test('what is not there has no code', () => expect(kernelCode('none')).toBeUndefined())
