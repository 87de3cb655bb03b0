import { LabError } from '../errors/lab-error'

/** The version that this program writes. */
export const currentVersion = 1

type File = Readonly<Record<string, unknown>>

/** From a version to the next one. A new version adds a line here; nothing else knows of old files. */
const steps: Readonly<Record<number, (file: File) => File>> = {}

/**
 * Brings an experiment of an older version up to the current one.
 * @throws LabError `unsupported-version` for a newer file, or one without a version; `bad-setting` for what is no object
 */
export function migrate(value: unknown): File {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) refuseShape(value)
  let file = value as File
  for (let version = file['nabla']; version !== currentVersion; version = file['nabla']) {
    const next = typeof version === 'number' ? steps[version] : undefined
    if (!next) refuseVersion(version)
    file = next(file)
  }
  return file
}

function refuseShape(value: unknown): never {
  throw new LabError({
    code: 'bad-setting',
    expected: 'an experiment: an object with "nabla", "data" and "network"',
    came: Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value,
    advice: 'Choose an experiment file; `nabla new DATA.csv` makes one.',
  })
}

function refuseVersion(version: unknown): never {
  const newer = typeof version === 'number' && version > currentVersion
  throw new LabError({
    code: 'unsupported-version',
    expected: `"nabla": ${currentVersion}`,
    came: version === undefined ? 'no "nabla" field' : JSON.stringify(version),
    advice: newer
      ? 'The file was written by a newer Nabla Lab; update this one to open it.'
      : `Write "nabla": ${currentVersion} at the top if this is an experiment file.`,
    place: { path: 'nabla' },
  })
}
