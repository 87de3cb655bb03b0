import type { Lowering } from './lowering'

/** The same numbers: no node at all. */
const same: Lowering = (_call, [x]) => x!

/** Left as it is: whoever reads it repeats it, or does not need to. */
const broadcast = same

const transpose: Lowering = ({ output, attributes }, operands, builder) =>
  builder.add('Transpose', operands, output.shape, { perm: attributes['permutation'] as number[] })

const slice: Lowering = ({ output, attributes }, [x], builder) => {
  const starts = attributes['starts'] as readonly number[]
  const ends = starts.map((start, axis) => start + output.shape[axis]!)
  return builder.add('Slice', [x!, builder.integers(starts), builder.integers(ends)], output.shape)
}

const pad: Lowering = ({ inputs, output, attributes }, [x], builder) => {
  const starts = attributes['starts'] as readonly number[]
  const after = starts.map((start, axis) => output.shape[axis]! - start - inputs[0]!.shape[axis]!)
  return builder.add('Pad', [x!, builder.integers([...starts, ...after])], output.shape)
}

const concat: Lowering = ({ output, attributes }, operands, builder) =>
  builder.add('Concat', operands, output.shape, { axis: attributes['axis'] as number })

export const shapes: Readonly<Record<string, Lowering>> = {
  copy: same,
  stopGradient: same,
  reshape: same,
  broadcast,
  transpose,
  slice,
  pad,
  concat,
}
