import { exp4 } from './exp'

/** 1 / (1 + e^-x), by the exponential that does not overflow: e = e^-|x| gives 1 / (1 + e) or e / (1 + e). */
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1)
  const e = exp4(f32x4.neg(f32x4.abs(x)))
  const numerator = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)))
  return f32x4.div(numerator, f32x4.add(one, e))
}
