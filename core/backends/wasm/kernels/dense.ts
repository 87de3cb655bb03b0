import { storePart } from './lanes'
import { sigmoid4 } from './sigmoid'
import { tanh4 } from './tanh'

/** y = activation(y + bias) for y [m, n], rows yRow bytes apart; activation: 0 none, 1 relu, 2 tanh, 3 sigmoid. */
export function finish(y: usize, bias: usize, m: i32, n: i32, yRow: usize, activation: i32): void {
  if (activation == 0) finishRows<functions.None>(y, bias, m, n, yRow)
  else if (activation == 1) finishRows<functions.Relu>(y, bias, m, n, yRow)
  else if (activation == 2) finishRows<functions.Tanh>(y, bias, m, n, yRow)
  else finishRows<functions.Sigmoid>(y, bias, m, n, yRow)
}

interface Activation {
  at(x: v128): v128
}

// A class without fields stands for a function that `finish` can be specialized on; it is never allocated.
// prettier-ignore
namespace functions {
  @final @unmanaged export class None { at(x: v128): v128 { return x } }
  @final @unmanaged export class Relu { at(x: v128): v128 { return f32x4.pmax(x, f32x4.splat(0)) } }
  @final @unmanaged export class Tanh { at(x: v128): v128 { return tanh4(x) } }
  @final @unmanaged export class Sigmoid { at(x: v128): v128 { return sigmoid4(x) } }
}

function finishRows<F extends Activation>(y: usize, bias: usize, m: i32, n: i32, yRow: usize): void {
  const f = changetype<F>(0)
  const whole = n & ~3
  const end = bias + ((<usize>whole) << 2)
  for (let i = 0; i < m; i++) {
    let b = bias
    let at = y
    while (b < end) {
      v128.store(at, f.at(f32x4.add(v128.load(at), v128.load(b))))
      at += 16
      b += 16
    }
    if (n > whole) storePart(at, f.at(f32x4.add(v128.load(at), v128.load(b))), n - whole)
    y += yRow
  }
}
