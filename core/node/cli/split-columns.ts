import type { SplitContents, SplitFacts } from '../../data/splits/contents'

interface FactColumn {
  readonly head: string
  text(facts: SplitFacts): string
}

/** The columns of a table of splits that say what they hold beside rows and classes; only those that say something. */
export function splitColumns({ group, splits }: Pick<SplitContents, 'group' | 'splits'>): FactColumn[] {
  const all: FactColumn[] = [
    { head: 'mean', text: ({ mean }) => number(mean) },
    { head: 'sd', text: ({ deviation }) => number(deviation) },
    { head: `different ${group ?? ''}`, text: ({ groups }) => (groups === undefined ? '' : String(groups)) },
    { head: 'from', text: ({ from }) => from ?? '' },
    { head: 'to', text: ({ to }) => to ?? '' },
  ]
  return all.filter(({ text }) => text(splits.train) !== '')
}

const number = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toPrecision(4)))
