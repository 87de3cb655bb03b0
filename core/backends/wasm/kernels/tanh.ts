import { exp4 } from './exp'
import { copySign } from './lanes'

/** Near zero x + x^3 P(x^2), elsewhere 1 - 2 / (e^2|x| + 1) with the sign of x. */
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x)
  const square = f32x4.mul(x, x)
  let p = f32x4.splat(-0.0060967141632590404)
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(0.020997178997019004))
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-0.053850909578023604))
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(0.13332769736972666))
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-0.33333328944134188))
  const near = f32x4.add(x, f32x4.mul(x, f32x4.mul(p, square)))

  const one = f32x4.splat(1)
  const grown = f32x4.add(exp4(f32x4.add(size, size)), one)
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), grown))
  return copySign(v128.bitselect(near, far, f32x4.lt(size, f32x4.splat(0.625))), x)
}
