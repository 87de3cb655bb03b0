type Rgb = readonly [number, number, number]

const parse = (hex: string): Rgb =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb

const toHex = (rgb: readonly number[]): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

/** The colour at a share (0 to 1) of a ramp of evenly spaced stops; straight lines in sRGB, as ECharts mixes. */
export function rampColor(ramp: readonly string[], share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1)
  const at = Math.min(Math.floor(place), ramp.length - 2)
  const from = parse(ramp[at]!)
  const to = parse(ramp[at + 1]!)
  return toHex(from.map((part, i) => part + (to[i]! - part) * (place - at)))
}

/** Relative luminance, WCAG 2.2. */
export function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((part) => {
    const c = part / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/** Contrast ratio of two colours, 1 to 21, WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Black or white, whichever reads better; pure ones, since only they reach 4.5:1 on every background. */
export const readableOn = (background: string): string =>
  contrast('#ffffff', background) > contrast('#000000', background) ? '#ffffff' : '#000000'
