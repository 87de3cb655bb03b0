/** Sizes of a tensor's axes, outermost first; `[]` is a single number. Graph shapes include the batch axis. */
export type Shape = readonly number[]

/** Number of elements. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis])

/** Elements to skip for one step along each axis, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]!
  }
  return strides
}

/** The shape that two operands share under the usual broadcasting rules. @throws RangeError when they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw new RangeError(`shapes [${a.join()}] and [${b.join()}] do not fit together`)
    return Math.max(left, right)
  })
}
