import type { NumberMarks } from '../number'

/** As a file with these marks would write it. Twelve digits are more than a measurement has, and hide 0.1 × 3 = 0.30000000000000004. */
export const writeNumber = (value: number, otherwise: string, { decimal }: NumberMarks): string =>
  Number.isNaN(value) ? otherwise : String(Number(value.toPrecision(12))).replace('.', decimal)
