import { helpText } from './setup-error.mjs'

/**
 * Runs a setup program to its end and sets the exit code: its own, or 1 after a help page.
 * @param {() => Promise<number | void>} main
 */
export async function program(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(helpText(error))
    process.exitCode = 1
  }
}
