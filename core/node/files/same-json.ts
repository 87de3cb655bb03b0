import { isDeepStrictEqual } from 'node:util'

/** True when two values would be read back as equal from a JSON file; the order of fields does not matter. */
export const sameJson = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b))

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
