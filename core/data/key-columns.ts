import { LabError } from '../errors/lab-error'
import type { ColumnRole } from '../experiment/schema'
import type { ResolvedColumn } from './columns'

const keyRoles = ['group', 'time', 'split'] as const satisfies readonly ColumnRole[]

/**
 * The columns that splits and series go by: with the role group, time or split.
 * @throws LabError `two-keys`
 */
export function findKeys(columns: readonly ResolvedColumn[]): ResolvedColumn[] {
  return keyRoles.flatMap((role) => {
    const given = columns.filter((column) => column.role === role)
    if (given.length > 1) refuseTwo(role, given)
    return given
  })
}

function refuseTwo(role: ColumnRole, columns: readonly ResolvedColumn[]): never {
  throw new LabError({
    code: 'two-keys',
    expected: `at most one column with the role ${role}`,
    came: `${columns.length}: ${columns.map(({ column }) => `"${column.name}"`).join(', ')}`,
    advice: `Keep the role ${role} for one of them. A split can still name another one in data.split.by.`,
    place: { path: 'data.columns' },
  })
}
