export { safetensors } from './safetensors'
export { npz } from './npz'
export { json } from './json'
export { csv } from './csv'
