import { matmul } from './gemm'
import { storePart } from './lanes'
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
  if (activation == 0) finish<functions.None>(y, bias, m, n)
  else if (activation == 1) finish<functions.Relu>(y, bias, m, n)
  else if (activation == 2) finish<functions.Tanh>(y, bias, m, n)
  else finish<functions.Sigmoid>(y, bias, m, n)
}

interface Activation {
  at(x: v128): v128
}

// A class without fields stands for a function that `finish` can be specialized on; it is never allocated.
// prettier-ignore
namespace functions {
  @final @unmanaged export class None { at(x: v128): v128 { return x } }
  @final @unmanaged export class Relu { at(x: v128): v128 { return f32x4.max(x, f32x4.splat(0)) } }
  @final @unmanaged export class Tanh { at(x: v128): v128 { return tanh4(x) } }
  @final @unmanaged export class Sigmoid { at(x: v128): v128 { return sigmoid4(x) } }
}

/** y = f(y + bias), row by row */
function finish<F extends Activation>(y: usize, bias: usize, m: i32, n: i32): void {
  const f = changetype<F>(0)
  const whole = n & ~3
  const end = bias + ((<usize>whole) << 2)
  for (let i = 0; i < m; i++) {
    let b = bias
    while (b < end) {
      v128.store(y, f.at(f32x4.add(v128.load(y), v128.load(b))))
      y += 16
      b += 16
    }
    if (n > whole) {
      storePart(y, f.at(f32x4.add(v128.load(y), v128.load(b))), n - whole)
      y += (<usize>(n - whole)) << 2
    }
  }
}
