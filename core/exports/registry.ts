import { refuse } from '../catalog/registry'
import type { ExportKind } from './export'
import * as kinds from './kinds'

const list: readonly ExportKind[] = Object.values(kinds).sort((a, b) => a.order - b.order)

/** The export formats, in the order people see them. They have no settings, so this is all of a registry they need. */
export const exporters = {
  name: 'export format',
  list,
  has: (type: string): boolean => list.some((kind) => kind.type === type),
  /** @throws LabError `unknown-kind`, with the nearest known name */
  get: (type: string, path?: string): ExportKind =>
    list.find((kind) => kind.type === type) ??
    refuse(
      'export format',
      type,
      list.map((kind) => kind.type),
      path,
    ),
}
