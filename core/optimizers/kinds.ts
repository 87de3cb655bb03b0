export { sgd } from './sgd'
export { rmsprop } from './rmsprop'
export { adam } from './adam'
export { adamw } from './adamw'
