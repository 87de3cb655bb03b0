import { LabError } from '../errors/lab-error'

/** @throws LabError `layer-setting` when `parts` equal parts cannot be made of `whole`. */
export function checkDivides(setting: string, parts: number, whole: number, what: string): void {
  if (whole % parts === 0) return
  const fitting = Array.from({ length: whole }, (_, i) => i + 1).filter((n) => whole % n === 0)
  throw new LabError({
    code: 'layer-setting',
    expected: `a number of ${setting} that divides the ${whole} ${what}`,
    came: `${setting} = ${parts}`,
    advice: `Take one of ${fitting.slice(0, 12).join(', ')}.`,
  })
}
