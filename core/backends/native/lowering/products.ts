import type { Lowering } from './lowering'

const matmul: Lowering = ({ output, attributes }, operands, builder) => {
  const [transA, transB] = [Number(attributes['transposeA']), Number(attributes['transposeB'])]
  if (output.shape.length === 2) return builder.add('Gemm', operands, output.shape, { transA, transB })
  return transA || transB
    ? builder.add('FusedMatMul', operands, output.shape, { transA, transB })
    : builder.add('MatMul', operands, output.shape)
}

const activations: Readonly<Record<string, string>> = { relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid' }

const dense: Lowering = ({ output, attributes }, operands, builder) => {
  const product = builder.add('Gemm', operands, output.shape)
  const activation = activations[attributes['activation'] as string]
  return activation ? builder.add(activation, [product], output.shape) : product
}

export const products: Readonly<Record<string, Lowering>> = { matmul, dense }
