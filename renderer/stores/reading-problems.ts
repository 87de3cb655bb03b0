/** Help pages of files that may be good tables when they are read in another way. */
export const readingProblems: ReadonlySet<string> = new Set([
  'one-column',
  'ragged-rows',
  'unclosed-quote',
  'undecodable',
  'mixed-encodings',
  'no-rows',
  'long-record',
  'too-many-columns',
  'no-target',
  'bad-json',
  'json-no-list',
  'mixed-rows',
])
