import { erf4 } from './erf'
import { exp4 } from './exp'
import { storePart } from './lanes'
import { log4 } from './log'
import { sigmoid4 } from './sigmoid'
import { cos4, sin4 } from './sine'
import { softplus4 } from './softplus'
import { tanh4 } from './tanh'

export { cos4, erf4, exp4, log4, sigmoid4, sin4, softplus4, tanh4 }

/** -1, 0 or 1; zeros keep their sign and NaN stays NaN. */
export function sign4(x: v128): v128 {
  const signed = v128.or(v128.and(x, i32x4.splat(i32.MIN_VALUE)), f32x4.splat(1))
  const nonZero = v128.or(f32x4.lt(x, f32x4.splat(0)), f32x4.gt(x, f32x4.splat(0)))
  return v128.bitselect(signed, x, nonZero)
}

interface Unary {
  at(x: v128): v128
}

// A class without fields stands for a function that `map` can be specialized on; it is never allocated.
// prettier-ignore
namespace functions {
  @final @unmanaged export class Sign { at(x: v128): v128 { return sign4(x) } }
  @final @unmanaged export class Exp { at(x: v128): v128 { return exp4(x) } }
  @final @unmanaged export class Log { at(x: v128): v128 { return log4(x) } }
  @final @unmanaged export class Tanh { at(x: v128): v128 { return tanh4(x) } }
  @final @unmanaged export class Sigmoid { at(x: v128): v128 { return sigmoid4(x) } }
  @final @unmanaged export class Softplus { at(x: v128): v128 { return softplus4(x) } }
  @final @unmanaged export class Erf { at(x: v128): v128 { return erf4(x) } }
  @final @unmanaged export class Sin { at(x: v128): v128 { return sin4(x) } }
  @final @unmanaged export class Cos { at(x: v128): v128 { return cos4(x) } }
}

/** y[i] = f(x[i]); the last lanes take the same path, and what they read beyond the end is not stored. */
function map<F extends Unary>(x: usize, y: usize, n: i32): void {
  const f = changetype<F>(0)
  const whole = n & ~3
  const end = x + ((<usize>whole) << 2)
  while (x < end) {
    v128.store(y, f.at(v128.load(x)))
    x += 16
    y += 16
  }
  if (n > whole) storePart(y, f.at(v128.load(x)), n - whole)
}

export function sign(x: usize, y: usize, n: i32): void {
  map<functions.Sign>(x, y, n)
}
export function exp(x: usize, y: usize, n: i32): void {
  map<functions.Exp>(x, y, n)
}
export function log(x: usize, y: usize, n: i32): void {
  map<functions.Log>(x, y, n)
}
export function tanh(x: usize, y: usize, n: i32): void {
  map<functions.Tanh>(x, y, n)
}
export function sigmoid(x: usize, y: usize, n: i32): void {
  map<functions.Sigmoid>(x, y, n)
}
export function softplus(x: usize, y: usize, n: i32): void {
  map<functions.Softplus>(x, y, n)
}
export function erf(x: usize, y: usize, n: i32): void {
  map<functions.Erf>(x, y, n)
}
export function sin(x: usize, y: usize, n: i32): void {
  map<functions.Sin>(x, y, n)
}
export function cos(x: usize, y: usize, n: i32): void {
  map<functions.Cos>(x, y, n)
}
