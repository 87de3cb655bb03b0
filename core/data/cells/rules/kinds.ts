export { replace } from './replace'
export { decimals } from './decimals'
export { units } from './units'
export { within } from './within'
