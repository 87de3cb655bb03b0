import type { Allocate } from '../data/apply'
import type { PreparedData } from '../data/prepared'
import type { Table } from '../data/table'
import type { Experiment } from '../experiment/schema'
import { foldMember } from './cross-validation'
import { repeatMember } from './repeat'
import type { Member } from './series'

export interface FoldsWish {
  readonly type: 'folds'
  /** How many; at least 2. */
  readonly count: number
  /** Column whose equal cells keep rows together. */
  readonly group?: string
}

export interface RepeatsWish {
  readonly type: 'repeats'
  readonly count: number
  readonly varySplit: boolean
}

/** Several trainings that are made for one answer. */
export type SeriesWish = FoldsWish | RepeatsWish

/** What the trainings are made from. */
export interface SeriesMaterial {
  readonly table: Table
  readonly experiment: Experiment
  /** Prepared with the experiment's own split. */
  readonly data: PreparedData
}

interface SeriesKind<Wish extends SeriesWish> {
  /** Of one training: name of its column, and of its JSON objects. */
  readonly word: 'fold' | 'repeat'
  /** @param i from 0 */
  member(wish: Wish, material: SeriesMaterial, i: number, allocate?: Allocate): Member
}

export const seriesKinds: { readonly [Type in SeriesWish['type']]: SeriesKind<SeriesWish & { type: Type }> } =
  {
    folds: {
      word: 'fold',
      member: ({ count, group }, { table, experiment }, i, allocate) =>
        foldMember({ table, experiment, folds: count, ...(group !== undefined && { group }) }, i, allocate),
    },
    repeats: {
      word: 'repeat',
      member: ({ count, varySplit }, { table, experiment, data }, i, allocate) =>
        repeatMember({ table, experiment, times: count, varySplit }, i, data, allocate),
    },
  }

/**
 * One training of a series.
 * @param i from 0
 * @throws LabError `bad-folds`, `unknown-column`, `split-fixed`, and the pages of `prepareData`
 */
export function seriesMember(
  wish: SeriesWish,
  material: SeriesMaterial,
  i: number,
  allocate?: Allocate,
): Member {
  const kind = seriesKinds[wish.type] as SeriesKind<SeriesWish>
  return kind.member(wish, material, i, allocate)
}

/** One after the other, when asked for. @throws LabError as `seriesMember` does */
export function* seriesMembers(wish: SeriesWish, material: SeriesMaterial): Generator<Member> {
  for (let i = 0; i < wish.count; i++) yield seriesMember(wish, material, i)
}
