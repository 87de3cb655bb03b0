/** y[i * yRow + j] = x[j * xRow + i] for i, j < 4; rows in bytes. */
export function transpose4(x: usize, xRow: usize, y: usize, yRow: usize): void {
  const a = v128.load(x)
  const b = v128.load(x + xRow)
  const c = v128.load(x + 2 * xRow)
  const d = v128.load(x + 3 * xRow)
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(y, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5))
  v128.store(y + yRow, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7))
  v128.store(y + 2 * yRow, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5))
  v128.store(y + 3 * yRow, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7))
}
