import { exp4 } from './exp'
import { log4 } from './log'

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|) */
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), logOnePlus(exp4(f32x4.neg(f32x4.abs(x)))))
}

/** log(1 + e) for 0 <= e <= 1: what rounding 1 + e lost is added back to first order. */
function logOnePlus(e: v128): v128 {
  const u = f32x4.add(f32x4.splat(1), e)
  const lost = f32x4.sub(e, f32x4.sub(u, f32x4.splat(1)))
  return f32x4.add(log4(u), f32x4.div(lost, u))
}
