import { LabError } from '../../errors/lab-error'

/** How the bytes above 127 of a text look: as letters of UTF-8, which take several of them, or as letters of one byte. */
export class LetterCount {
  private utf8 = 0
  private single = 0

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte < 0x80) continue
      const more = followers(byte)
      let seen = 0
      while (seen < more && (bytes[at + 1 + seen]! & 0xc0) === 0x80) seen++
      if (more > 0 && seen === more) {
        this.utf8++
        at += more
      } else this.single++
    }
  }

  /**
   * Whether there is more of UTF-8 than chance would bring: in a text of letters of one byte, two of them look like one
   * of UTF-8 only now and then, such as É before a closing quote.
   */
  get looksMixed(): boolean {
    return this.single > 0 && this.utf8 >= 0.2 * this.single
  }
}

/** Bytes that follow the first one of a letter of UTF-8. */
const followers = (first: number): number =>
  first >= 0xc2 && first <= 0xdf
    ? 1
    : first >= 0xe0 && first <= 0xef
      ? 2
      : first >= 0xf0 && first <= 0xf4
        ? 3
        : 0

export function refuseMixed(file: string): never {
  throw new LabError({
    code: 'mixed-encodings',
    expected: 'a text in one encoding',
    came: 'one that is UTF-8 in some places and Windows-1252 in others, as if two files had been put together',
    advice:
      'Save the parts anew in one encoding, or set the encoding to read all of it so, with some letters wrong.',
    place: { file },
  })
}
