import { z } from 'zod'

/** The setting that both focal losses share. */
export const focusingField = () =>
  z.number().min(0).max(10).default(2).meta({
    label: 'Gamma',
    help: 'How strongly rows that are answered well already are left aside. 0 is plain cross-entropy.',
  })
