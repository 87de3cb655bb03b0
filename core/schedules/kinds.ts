export { constant } from './constant'
export { step } from './step'
export { exponential } from './exponential'
export { cosine } from './cosine'
