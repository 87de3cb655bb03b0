/** Immediates take turns with messages and signals, so that a command waits for one time slice at most. */
export const yieldToMessages = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
