export { erf4 } from './erf'
export { exp4 } from './exp'
export { log4 } from './log'
export { sigmoid4 } from './sigmoid'
export { cos4, sin4 } from './sine'
export { softplus4 } from './softplus'
export { tanh4 } from './tanh'

/** -1, 0 or 1; zeros keep their sign and NaN stays NaN. */
export function sign4(x: v128): v128 {
  const signed = v128.or(v128.and(x, i32x4.splat(i32.MIN_VALUE)), f32x4.splat(1))
  const nonZero = v128.or(f32x4.lt(x, f32x4.splat(0)), f32x4.gt(x, f32x4.splat(0)))
  return v128.bitselect(signed, x, nonZero)
}
