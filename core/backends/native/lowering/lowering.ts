import type { KernelCall } from '../../../graph/plan'
import type { OnnxBuilder, OnnxValue } from '../onnx-builder'

/**
 * Turns one call of a plan into nodes. Operands have the shapes of the call's regions; those of elementwise calls may
 * be smaller and are then repeated, as is the result.
 */
export type Lowering = (call: KernelCall, operands: readonly OnnxValue[], builder: OnnxBuilder) => OnnxValue
