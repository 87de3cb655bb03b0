import type { Lowering } from './lowering'

const sum: Lowering = ({ output, attributes }, [x], builder) =>
  builder.add('ReduceSum', [x!, builder.integers(attributes['axes'] as number[])], output.shape)

const max: Lowering = ({ output, attributes }, operands, builder) =>
  builder.add('ReduceMax', operands, output.shape, { axes: attributes['axes'] as number[] })

export const reductions: Readonly<Record<string, Lowering>> = { sum, max }
