import { resolve } from 'node:path'
import type { CliContext } from './context'

/** A path as typed, from the folder where the command was called. */
export const inFolder = (context: Pick<CliContext, 'folder'>, path: string): string =>
  resolve(context.folder, path)
