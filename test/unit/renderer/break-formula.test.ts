import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { layers } from '../../../core/layers/registry'
import { losses } from '../../../core/losses/registry'
import { optimizers } from '../../../core/optimizers/registry'
import { schedules } from '../../../core/schedules/registry'
import { breakFormula } from '../../../renderer/widgets/break-formula'

describe('breaking a formula', () => {
  it('puts parts under each other, and leaves what belongs together', () => {
    expect(breakFormula(String.raw`y = x, \quad x > 0`)).toBe(
      String.raw`\begin{gathered} y = x, \\ x > 0 \end{gathered}`,
    )
    expect(breakFormula(String.raw`x \leftarrow \left( a, \quad b \right), \quad y`)).toBe(
      String.raw`\begin{gathered} x \leftarrow \left( a, \quad b \right), \\ y \end{gathered}`,
    )
    expect(breakFormula(String.raw`f(a, b)`)).toBe('f(a, b)')
    const cases = String.raw`\begin{cases} 1 & a, \quad b \end{cases}`
    expect(breakFormula(cases)).toBe(cases)
    expect(breakFormula(String.raw`\begin{aligned} m &= 1, \quad g = 2 \end{aligned}`)).toBe(
      String.raw`\begin{aligned} m &= 1, \\ &\quad g = 2 \end{aligned}`,
    )
  })

  it.each(
    [layers, losses, optimizers, schedules].flatMap((registry) => registry.list.map((kind) => kind.type)),
  )('leaves a formula that can be set: %s', (type) => {
    const kind = [layers, losses, optimizers, schedules]
      .flatMap((registry) => [...registry.list])
      .find((one) => one.type === type)!
    expect(() =>
      katex.renderToString(breakFormula(kind.formula), { throwOnError: true, strict: 'ignore' }),
    ).not.toThrow()
  })
})
