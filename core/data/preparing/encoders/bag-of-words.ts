import { z } from 'zod'
import type { TextEncoder } from '../preparation'
import {
  findTerms,
  termCounter,
  termSchema,
  vocabularySchema,
  type TermSettings,
  type Vocabulary,
} from './terms'

export const bagOfWords: TextEncoder<TermSettings, Vocabulary> = {
  type: 'bag-of-words',
  order: 80,
  label: 'Bag of words',
  help: 'One input for each word of the vocabulary: how often it stands in the text. The order of words is lost.',
  schema: termSchema,
  formula: String.raw`y_w = \operatorname{tf}(w, d)`,
  source: 'scikit-learn’s CountVectorizer',
  types: ['text'],
  takes: 'texts',
  found: z.strictObject(vocabularySchema),
  scaled: false,
  fit: (texts, counts, settings) => findTerms(texts, counts, settings).vocabulary,
  inputNames: (column, { terms }) => terms.map((term) => `${column}: ${term}`),
  reader: termCounter,
}
