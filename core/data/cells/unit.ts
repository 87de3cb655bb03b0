import { parseNumber, type NumberMarks } from './number'

const withUnit = /^([+\-−]?[\d.,' ]*\d)\s*([A-Za-zµμ°€$£¥Ω][A-Za-z0-9µμ°€$£¥Ω/²³^]{0,7})$/

/** The number of a cell and the unit behind it, '' where there is none; nothing where there is no number. */
export function splitUnit(
  cell: string,
  { decimal, thousands }: NumberMarks,
): { value: number; unit: string } | undefined {
  const alone = parseNumber(cell, decimal, thousands)
  if (!Number.isNaN(alone)) return { value: alone, unit: '' }
  const [, number = '', unit = ''] = withUnit.exec(cell.trim()) ?? []
  const value = parseNumber(number, decimal, thousands)
  return Number.isNaN(value) ? undefined : { value, unit }
}

/** How a unit becomes the base unit of its kind: value × times + plus. */
interface Unit {
  readonly kind: string
  readonly times: number
  readonly plus?: number
}

const kindsOfUnits: Readonly<
  Record<string, Readonly<Record<string, number | readonly [times: number, plus: number]>>>
> = {
  length: {
    nm: 1e-9,
    µm: 1e-6,
    um: 1e-6,
    mm: 1e-3,
    cm: 0.01,
    dm: 0.1,
    m: 1,
    km: 1000,
    in: 0.0254,
    inch: 0.0254,
    ft: 0.3048,
    yd: 0.9144,
    mi: 1609.344,
  },
  mass: {
    µg: 1e-9,
    ug: 1e-9,
    mg: 1e-6,
    g: 1e-3,
    kg: 1,
    t: 1000,
    oz: 0.028349523125,
    lb: 0.45359237,
    lbs: 0.45359237,
  },
  time: { ns: 1e-9, µs: 1e-6, us: 1e-6, ms: 1e-3, s: 1, sec: 1, min: 60, h: 3600, hr: 3600, d: 86_400 },
  volume: { µl: 1e-6, ul: 1e-6, ml: 1e-3, cl: 0.01, dl: 0.1, l: 1, m3: 1000, 'm³': 1000 },
  area: { mm2: 1e-6, 'mm²': 1e-6, cm2: 1e-4, 'cm²': 1e-4, m2: 1, 'm²': 1, ha: 10_000, km2: 1e6, 'km²': 1e6 },
  speed: { 'm/s': 1, 'km/h': 1 / 3.6, kmh: 1 / 3.6, mph: 0.44704 },
  temperature: {
    K: 1,
    '°C': [1, 273.15],
    C: [1, 273.15],
    '°F': [5 / 9, 459.67 * (5 / 9)],
    F: [5 / 9, 459.67 * (5 / 9)],
  },
  pressure: { Pa: 1, hPa: 100, kPa: 1000, MPa: 1e6, mbar: 100, bar: 100_000, atm: 101_325 },
  energy: { J: 1, kJ: 1000, cal: 4.184, kcal: 4184, Wh: 3600, kWh: 3.6e6 },
  power: { mW: 1e-3, W: 1, kW: 1000, MW: 1e6 },
  voltage: { µV: 1e-6, mV: 1e-3, V: 1, kV: 1000 },
  current: { µA: 1e-6, mA: 1e-3, A: 1 },
  frequency: { Hz: 1, kHz: 1000, MHz: 1e6, GHz: 1e9 },
}

/** By definition (the International System of Units; international yard and pound of 1959; thermochemical calorie). Case matters: mW is not MW. */
const units = new Map<string, Unit>(
  Object.entries(kindsOfUnits).flatMap(([kind, list]) =>
    Object.entries(list).map(([name, value]): [string, Unit] => [
      name,
      typeof value === 'number' ? { kind, times: value } : { kind, times: value[0], plus: value[1] },
    ]),
  ),
)

const find = (name: string): Unit | undefined =>
  units.get(name.replace('μ', 'µ')) ?? units.get(name.toLowerCase())

/** What turns numbers in one unit into those in another: value × times + plus. Nothing where none is known. */
export function conversion(from: string, to: string): { times: number; plus: number } | undefined {
  if (from === to) return { times: 1, plus: 0 }
  const [a, b] = [find(from), find(to)]
  if (!a || !b || a.kind !== b.kind) return undefined
  const round = (value: number): number => Number(value.toPrecision(12))
  return { times: round(a.times / b.times), plus: round(((a.plus ?? 0) - (b.plus ?? 0)) / b.times) }
}
