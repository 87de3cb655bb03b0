import { sizeOf } from '../../../graph/shape'
import type { OnnxBuilder, OnnxValue } from '../onnx-builder'
import type { Lowering } from './lowering'

/** From so many numbers on a left operand is turned round beforehand. Measured: up to an eighth of a product. */
const LARGE = 256 * 256

const matmul: Lowering = ({ output, attributes }, operands, builder) => {
  const [transA, transB] = [Number(attributes['transposeA']), Number(attributes['transposeB'])]
  const [a, b] = operands as [OnnxValue, OnnxValue]
  if (output.shape.length === 2)
    return transA && sizeOf(a.shape) >= LARGE
      ? builder.add('Gemm', [turned(a, builder), b], output.shape, { transA: 0, transB })
      : builder.add('Gemm', operands, output.shape, { transA, transB })
  return transA || transB
    ? builder.add('FusedMatMul', operands, output.shape, { transA, transB })
    : builder.add('MatMul', operands, output.shape)
}

/**
 * [k, m] -> [m, k]. ONNX Runtime would do so itself, but anew for each stripe of the product. It would also make that of a
 * plain transpose before a product, hence the third axis.
 */
function turned(value: OnnxValue, builder: OnnxBuilder): OnnxValue {
  const [k, m] = value.shape as [number, number]
  const spread = builder.reshape(value, [k, m, 1])
  return builder.reshape(builder.add('Transpose', [spread], [m, k, 1], { perm: [1, 0, 2] }), [m, k])
}

const activations: Readonly<Record<string, string>> = { relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid' }

const dense: Lowering = ({ output, attributes }, operands, builder) => {
  const product = builder.add('Gemm', operands, output.shape)
  const activation = activations[attributes['activation'] as string]
  return activation ? builder.add(activation, [product], output.shape) : product
}

export const products: Readonly<Record<string, Lowering>> = { matmul, dense }
