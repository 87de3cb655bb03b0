import type { Numbers } from '../../backends/backend'

/** Share of the units (the last axis) whose output is not above 0 in any of the rows and places. */
export function deadShare(values: Numbers, units: number): number {
  const alive = new Uint8Array(units)
  let found = 0
  for (let i = 0, unit = 0; i < values.length && found < units; i++) {
    if (values[i]! > 0 && alive[unit] === 0) {
      alive[unit] = 1
      found++
    }
    if (++unit === units) unit = 0
  }
  return (units - found) / units
}
