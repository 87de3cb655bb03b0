import { version as current } from '../../package.json'

/** Of this program, as in package.json. */
export const version: string = current
