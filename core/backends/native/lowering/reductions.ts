import type { Lowering } from './lowering'

const sum: Lowering = ({ output, attributes }, [x], builder) =>
  builder.add('ReduceSum', [x!, builder.integers(attributes['axes'] as number[])], output.shape)

/** ONNX Runtime's own passes over some NaN; where one is among the numbers, it is the result. */
const max: Lowering = ({ output: { shape }, attributes }, [x], builder) => {
  const axes = attributes['axes'] as number[]
  const largest = builder.add('ReduceMax', [x!], shape, { axes })
  const nothings = builder.cast(builder.add('IsNaN', [x!], x!.shape), 'float32')
  const isAny = builder.cast(builder.add('ReduceMax', [nothings], shape, { axes }), 'bool')
  return builder.add('Where', [isAny, builder.floats([NaN], [1]), largest], shape)
}

export const reductions: Readonly<Record<string, Lowering>> = { sum, max }
