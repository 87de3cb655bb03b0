/** How windows lie over an image [n, height, width, c], as i32 words in this order. */
@unmanaged
export class Windows {
  n: i32 = 0
  height: i32 = 0
  width: i32 = 0
  c: i32 = 0
  rows: i32 = 0
  columns: i32 = 0
  kernelHeight: i32 = 0
  kernelWidth: i32 = 0
  strideY: i32 = 0
  strideX: i32 = 0
  dilationY: i32 = 0
  dilationX: i32 = 0
  above: i32 = 0
  left: i32 = 0
}

/** Bytes of so many float32 numbers. */
export function bytes(elements: i32): usize {
  return (<usize>elements) << 2
}
