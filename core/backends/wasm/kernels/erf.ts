import { exp4 } from './exp'
import { copySign } from './lanes'

/** Below 1 an odd series; above, 1 - e^-g(|x|) where the polynomial g stands for -log(erfc); 1 from 4 on. */
export function erf4(x: v128): v128 {
  const size = f32x4.abs(x)
  const near = f32x4.add(x, f32x4.mul(x, seriesNear(f32x4.mul(x, x))))
  const complement = exp4(
    f32x4.neg(logComplement(f32x4.sub(f32x4.pmin(size, f32x4.splat(4)), f32x4.splat(1)))),
  )
  const far = f32x4.sub(f32x4.splat(1), complement)
  return copySign(v128.bitselect(near, far, f32x4.lt(size, f32x4.splat(1))), x)
}

/** erf(x) / x - 1 in t = x^2 */
function seriesNear(t: v128): v128 {
  let p = f32x4.splat(-9.6670438836099493e-6)
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.00011265958769968165))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.00084840803678076782))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.0052210318050498472))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.026865430726565775))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.11283782495215064))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.37612638468026943))
  return f32x4.add(f32x4.mul(p, t), f32x4.splat(0.12837916706154306))
}

/** -log(erfc(u + 1)) for 0 <= u <= 3 */
function logComplement(u: v128): v128 {
  let p = f32x4.splat(7.5826878264195852e-8)
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(-2.6392439584196799e-6))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(3.8454645953101116e-5))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(-0.00033638593694101324))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.0020817321004085766))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(-0.010104860332888412))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.041590457225820984))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.8431008491385007))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(2.6389680746952306))
  return f32x4.add(f32x4.mul(p, u), f32x4.splat(1.8496055015912543))
}
