import { matmul } from './gemm'
import { storeLanes } from './lanes'
import { sigmoid4 } from './sigmoid'
import { tanh4 } from './tanh'

/** activation(x [m, k] x w [k, n] + b [n]) -> y [m, n]; activation: 0 none, 1 relu, 2 tanh, 3 sigmoid. */
export function dense(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  m: i32,
  k: i32,
  n: i32,
  activation: i32,
  workspace: usize,
): void {
  matmul(x, w, y, 1, m, k, n, false, false, workspace)
  for (let i = 0; i < m; i++) {
    finishRow(y, bias, n, activation)
    y += (<usize>n) << 2
  }
}

function finishRow(y: usize, bias: usize, n: i32, activation: i32): void {
  for (let j = 0; j < n; j += 4) {
    let v = f32x4.add(v128.load(y), v128.load(bias))
    if (activation == 1) v = f32x4.max(v, f32x4.splat(0))
    else if (activation == 2) v = tanh4(v)
    else if (activation == 3) v = sigmoid4(v)
    storeLanes(y, v, n - j)
    y += 16
    bias += 16
  }
}
