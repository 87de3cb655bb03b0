import { z } from 'zod'

interface Words {
  readonly label: string
  readonly help: string
  readonly advanced?: boolean
}

/** One whole number for both directions, or a list [vertical, horizontal]. */
export function perAxisField(largest: number, fallback: number, words: Words) {
  const one = z.int().min(1).max(largest)
  return z
    .union([z.array(one).min(1).max(2), one], {
      error: `a whole number from 1 to ${largest}, or two of them: vertical, horizontal`,
    })
    .default(fallback)
    .meta({ ...words })
}

export const wholeField = (largest: number, fallback: number, words: Words) =>
  z
    .int()
    .min(1)
    .max(largest)
    .default(fallback)
    .meta({ ...words })

export const paddingField = () =>
  z.enum(['valid', 'same']).default('valid').meta({
    label: 'Padding',
    help: 'valid keeps windows inside the input, which shrinks it; same adds zeros around, so that with stride 1 the size stays.',
  })

const strideWords: Words = {
  label: 'Stride',
  help: 'Steps from one window to the next: 2 halves the size.',
}

const dilationWords: Words = {
  label: 'Dilation',
  help: 'Steps between the numbers of one window: 2 leaves every second out and so looks further.',
  advanced: true,
}

const kernelHelp = 'How far each filter looks: the size of its window.'

const filtersField = () =>
  wholeField(4096, 16, {
    label: 'Filters',
    help: 'How many patterns are looked for: the number of channels that come out.',
  })

const groupsField = () =>
  wholeField(4096, 1, {
    label: 'Groups',
    help: 'Splits channels and filters into groups that do not see each other; as many groups as channels make it depthwise.',
    advanced: true,
  })

const biasField = () =>
  z.boolean().default(true).meta({
    label: 'Bias',
    help: 'Adds a number of its own to each filter’s output.',
    advanced: true,
  })

/** The settings of convolutions, in the order of their form. */
export const convolutionFields = {
  filters: filtersField,
  kernel1d: () => wholeField(1024, 3, { label: 'Kernel', help: kernelHelp }),
  kernel2d: () => perAxisField(64, 3, { label: 'Kernel', help: `${kernelHelp} 3 is 3 × 3; 3, 5 is 3 high.` }),
  stride1d: () => wholeField(1024, 1, strideWords),
  stride2d: () => perAxisField(64, 1, strideWords),
  padding: paddingField,
  dilation1d: () => wholeField(1024, 1, dilationWords),
  dilation2d: () => perAxisField(64, 1, dilationWords),
  groups: groupsField,
  bias: biasField,
}

const sizeWords: Words = { label: 'Size', help: 'The window of which one number is kept for each channel.' }

const poolStrideWords: Words = {
  label: 'Stride',
  help: 'Steps from one window to the next; 0 is as many as the window has, so that none overlap.',
  advanced: true,
}

/** The settings of pooling; a stride of 0 is the window's size, which is Keras's and PyTorch's default. */
export const poolFields = {
  size1d: () => wholeField(1024, 2, sizeWords),
  size2d: () => perAxisField(64, 2, sizeWords),
  stride1d: () =>
    z
      .int()
      .min(0)
      .max(1024)
      .default(0)
      .meta({ ...poolStrideWords }),
  stride2d: () => {
    const one = z.int().min(0).max(64)
    return z
      .union([z.array(one).min(1).max(2), one], {
        error: 'a whole number from 0 to 64, or two of them: vertical, horizontal',
      })
      .default(0)
      .meta({ ...poolStrideWords })
  },
  padding: paddingField,
}
