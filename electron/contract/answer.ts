import { LabError, toHelpPage, type HelpPage } from '../../core/errors/lab-error'

/** A result or a problem as plain data, since an error loses its fields on its way between processes. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: HelpPage }

/** Runs `work`; whatever it throws becomes a help page. */
export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, problem: toHelpPage(error) }
  }
}

/** @throws {LabError} the problem that the other side had */
export function unwrap<T>(given: Answer<T>): T {
  if (given.ok) return given.value
  throw new LabError(given.problem)
}
