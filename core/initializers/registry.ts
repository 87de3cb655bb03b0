import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { InitializerKind } from './initializer'

export const initializers = createRegistry<InitializerKind>('initializer', kinds)
