import type { SeveralTargets, TargetDescription, TargetPart } from './prepared'

/** A target as a list: of one column, or of several. */
export const partsOf = <Part extends TargetPart>(target: Part | SeveralTargets<Part>): readonly Part[] =>
  'parts' in target ? target.parts : [target]

/** The columns that are predicted, in the order of the output's units. */
export const targetColumns = (target: TargetDescription): string[] =>
  partsOf(target).map(({ column }) => column)

/** For people, without the outer quotes: `price`, `width", "height`. */
export const targetName = (target: TargetDescription): string => targetColumns(target).join('", "')

const kinds: Readonly<Record<TargetDescription['type'], TargetPart['type']>> = {
  ...{ number: 'number', binary: 'binary', category: 'category' },
  ...{ numbers: 'number', labels: 'binary' },
}

/** What each part is: losses and metrics go by it. */
export const partType = ({ type }: Pick<TargetDescription, 'type'>): TargetPart['type'] => kinds[type]

/** Units of the output layer for one column: one for a number or a yes/no, else one for each class. */
const unitsOfPart = (part: TargetPart): number => (part.type === 'category' ? part.classes.length : 1)

/** Units of the output layer: those of all parts, one after the other. */
export const outputUnits = (target: TargetDescription): number =>
  partsOf(target).reduce((sum, part) => sum + unitsOfPart(part), 0)

/** Each part with the numbers of its units: `values` is [rows, units of all]; the numbers are a copy [rows, units of the part]. */
export function splitUnits<Part extends TargetPart>(
  values: Float64Array,
  target: Part | SeveralTargets<Part>,
): { readonly part: Part; readonly values: Float64Array }[] {
  const width = outputUnits(target)
  const rows = values.length / width
  let start = 0
  return partsOf(target).map((part) => {
    const units = unitsOfPart(part)
    const own = new Float64Array(rows * units)
    for (let row = 0, to = 0; row < rows; row++)
      for (let unit = 0; unit < units; unit++) own[to++] = values[row * width + start + unit]!
    start += units
    return { part, values: own }
  })
}
