import type { FilePrediction } from '../../../core/protocol/contract'
import { plural } from '../status'

export interface MatchFact {
  readonly id: 'found' | 'absent' | 'extra' | 'order' | 'target' | `unseen-${string}` | 'history'
  readonly tone: 'good' | 'plain' | 'warning'
  readonly text: string
  /** Columns or categories that it is about. */
  readonly names: readonly string[]
}

/** More would fill the screen. */
const most = 12

const some = (names: readonly string[]): readonly string[] =>
  names.length > most ? [...names.slice(0, most), `and ${names.length - most} more`] : names

const when = <T>(condition: boolean, fact: T): T[] => (condition ? [fact] : [])

/** What is to be told of how a file fits, in the order of weight. */
export function matchFacts({ match, unseen, missingHistory }: FilePrediction): MatchFact[] {
  const { found, absent, extra, reordered, hasTarget } = match
  const all = found.length + absent.length
  const complete = absent.length === 0
  return [
    {
      id: 'found',
      tone: complete ? 'good' : 'warning',
      text: complete
        ? `All ${plural(all, 'column')} of the training are there.`
        : `${found.length} of ${plural(all, 'column')} of the training are there.`,
      names: [],
    },
    ...when<MatchFact>(!complete, {
      ...{ id: 'absent', tone: 'warning', names: some(absent) },
      text: 'Taken as empty, so that they are filled as missing cells are:',
    }),
    ...unseen.map(({ column, cells, levels }): MatchFact => ({
      ...{ id: `unseen-${column}`, tone: 'warning', names: levels },
      text: `${plural(cells, 'cell')} of “${column}” hold what training never saw, such as`,
    })),
    ...when<MatchFact>(missingHistory.length > 0, {
      ...{ id: 'history', tone: 'warning', names: some(missingHistory.map(({ column }) => column)) },
      text: `Up to ${plural(Math.max(0, ...missingHistory.map(({ rows }) => rows)), 'row')} without the earlier rows that these inputs come from; filled as in training:`,
    }),
    ...when<MatchFact>(extra.length > 0, {
      ...{ id: 'extra', tone: 'plain', names: some(extra) },
      text: 'Not used, as training did not know them:',
    }),
    ...when<MatchFact>(reordered, {
      ...{ id: 'order', tone: 'plain', names: [] },
      text: 'The columns come in another order than in training; they are matched by name.',
    }),
    ...when<MatchFact>(hasTarget, {
      ...{ id: 'target', tone: 'plain', names: [] },
      text: 'The file has the target, too. It is not looked at, and stands beside the predictions.',
    }),
  ]
}
