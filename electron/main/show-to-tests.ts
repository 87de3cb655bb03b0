/** What the end-to-end tests look at from inside this process. */
export interface TestView {
  /** Addresses of requests that were blocked. */
  readonly blocked: readonly string[]
  readonly enginePid: () => number | undefined
  readonly openPath: (file: string) => void
}

/** Only when the tests started the app: nothing of it is there for a user. */
export function showToTests(view: TestView): void {
  if (process.env.NABLA_TEST) Object.assign(globalThis, { nablaTest: view })
}
