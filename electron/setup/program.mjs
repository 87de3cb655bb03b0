import { helpText } from './setup-error.mjs'

/**
 * Runs a setup program to its end and sets the exit code: the number that `main` gives, or 1 after a help page.
 * @param {() => Promise<number | void>} main
 */
export async function program(main) {
  try {
    const code = await main()
    // Without a number the code is left alone: a program that was started in this process sets its own.
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    console.error(helpText(error))
    process.exitCode = 1
  }
}
