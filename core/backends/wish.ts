/** What can be asked to train: `wasm` has the same bits everywhere, `native` is for speed, `auto` tries both. */
export const backendWishes = ['wasm', 'native', 'auto'] as const
export type BackendWish = (typeof backendWishes)[number]
