import { LabError, type HelpPage } from './lab-error'

/** The help page of what a check throws, or nothing when all is well; what is no LabError is thrown on. */
export function pageOf(check: () => unknown): HelpPage | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof LabError) return error.toPage()
    throw error
  }
}
