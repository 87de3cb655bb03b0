/** Trainings of one series, as the command line takes them. */
export const fewest = 2
export const most = 1000

/** What is wrong with a number of trainings. */
export const countError = (count: number): string | undefined =>
  Number.isInteger(count) && count >= fewest && count <= most
    ? undefined
    : `Expected a whole number from ${fewest} to ${most.toLocaleString('en')}.`
