import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import { add } from '../graph/ops'
import { sameShape, type Shape } from '../graph/shape'
import { initializerField } from './affine'
import { layerList } from './blocks'
import type { LayerKind } from './layer'
import { project } from './project'

const schema = z.strictObject({
  layers: layerList()
    .default([{ type: 'dense' }])
    .meta({
      label: 'Layers',
      help: 'The layers that the block goes around.',
      advanced: true,
    }),
  initializer: initializerField(),
})

/** Inputs and outputs of the projection; nothing when none is needed. @throws LabError when none can help. */
function projection(input: Shape, output: Shape): [number, number] | undefined {
  if (sameShape(input, output)) return undefined
  const [from, to] = [input.at(-1), output.at(-1)]
  if (from !== undefined && to !== undefined && sameShape(input.slice(0, -1), output.slice(0, -1)))
    return [from, to]
  throw new LabError({
    code: 'layer-shape',
    expected: `layers that keep [${input.join(', ')}], or change its last number only`,
    came: `[${output.join(', ')}]`,
    advice:
      'Change the layers inside the block: padding "same" and stride 1 keep an image or a sequence, output "all" a recurrent layer’s steps.',
  })
}

/** [..., in] -> [..., out] */
export const residual: LayerKind<z.output<typeof schema>> = {
  type: 'residual',
  order: 600,
  label: 'Residual',
  help: 'Adds what its layers make to what came in, so that they need only learn the difference. Makes very deep stacks trainable.',
  group: 'Block',
  schema,
  formula: String.raw`y = F(x) + x, \quad \text{or } F(x) + x W \text{ where the shapes differ}`,
  source: 'He, Zhang, Ren, Sun, “Deep residual learning for image recognition”, CVPR 2016, equations 1 and 2',
  branches: ({ layers }) => [{ path: 'layers', name: '', layers }],
  outputShape(_config, input, [output] = [input]) {
    projection(input, output!)
    return output!
  },
  parameters({ initializer }, input, [output] = [input]) {
    const sizes = projection(input, output!)
    if (!sizes) return []
    return [{ name: 'projection', shape: sizes, initializer, fanIn: sizes[0], fanOut: sizes[1], unitAxis: 1 }]
  },
  build({ input, parameter, branch }) {
    const changed = branch(0, input)
    const same = sameShape(input.shape, changed.shape)
    return add(changed, same ? input : project(input, parameter('projection')))
  },
}
