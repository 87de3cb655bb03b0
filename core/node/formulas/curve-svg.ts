import type { Curve } from './activation-curve'

const width = 240
const height = 150

/** A small picture of a function (solid) and its derivative (dashed), with both axes. */
export function curveSvg({ x, f, slope }: Curve, title: string): string {
  const [left, right] = [x[0]!, x.at(-1)!]
  const all = [...f, ...slope]
  const [low, high] = [Math.min(-0.5, ...all), Math.max(1.1, ...all)]
  const px = (value: number): string => (((value - left) / (right - left)) * width).toFixed(1)
  const py = (value: number): string => (((high - value) / (high - low)) * height).toFixed(1)
  const path = (values: readonly number[]): string =>
    values.map((value, i) => `${px(x[i]!)},${py(value)}`).join(' ')
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: f solid, f' dashed, from ${left} to ${right}">`,
    `<path class="axis" d="M0 ${py(0)}H${width}M${px(0)} 0V${height}"/>`,
    `<polyline class="slope" points="${path(slope)}"/>`,
    `<polyline class="f" points="${path(f)}"/>`,
    '</svg>',
  ].join('')
}
