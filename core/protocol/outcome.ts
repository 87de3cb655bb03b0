import { LabError, toHelpPage, type HelpPage } from '../errors/lab-error'

/** An answer that can cross a process boundary: the value, or the help page of what was thrown. */
export type Outcome<T> = { readonly value: T } | { readonly problem: HelpPage }

/** Functions whose answers are outcomes: what really travels for an interface of async functions. */
export type Outcomes<F> = {
  [K in keyof F]: F[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Outcome<Awaited<R>>>
    : never
}

/** Runs `work`, and catches whatever it throws as a help page. */
export async function toOutcome<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { problem: toHelpPage(error) }
  }
}

/** The value again. @throws LabError with the page that the other side caught. */
export function fromOutcome<T>(outcome: Outcome<T>): T {
  if ('problem' in outcome) throw new LabError(outcome.problem)
  return outcome.value
}

/** The same functions, answering with outcomes: the side that does the work. */
export function answering<F extends object>(functions: F): Outcomes<F> {
  const entries = Object.entries(functions) as [string, (...args: unknown[]) => unknown][]
  return Object.fromEntries(
    entries.map(([name, work]) => [name, (...args: unknown[]) => toOutcome(() => work(...args))]),
  ) as Outcomes<F>
}
