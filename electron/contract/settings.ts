export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What the lab remembers between starts, beside the window's place and the recent files. */
export interface Settings {
  readonly theme: Theme
  /** 1 is the size that was designed; 0.5 to 3. */
  readonly zoom: number
  /** Whether runs train with what has the same bits on every computer, even where something else is quicker. */
  readonly sameBits: boolean
}
