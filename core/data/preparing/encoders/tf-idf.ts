import { z } from 'zod'
import { log } from '../../../numerics/log'
import type { TextEncoder } from '../preparation'
import {
  findTerms,
  termCounter,
  termSchema,
  vocabularySchema,
  type TermSettings,
  type Vocabulary,
} from './terms'

interface WeightedVocabulary extends Vocabulary {
  /** One for each term. */
  readonly weights: readonly number[]
}

export const tfIdf: TextEncoder<TermSettings, WeightedVocabulary> = {
  type: 'tf-idf',
  order: 90,
  label: 'TF-IDF',
  help: 'One input for each word of the vocabulary: how often it stands in the text, more where few texts have it, and brought to length 1. The usual start for sorting short texts.',
  schema: termSchema,
  formula: String.raw`y_w = \frac{v_w}{\lVert v \rVert_2}, \quad v_w = \operatorname{tf}(w, d) \left( \log \frac{1 + n}{1 + n_w} + 1 \right)`,
  source: 'scikit-learn’s TfidfVectorizer with smooth_idf and norm “l2”',
  types: ['text'],
  takes: 'texts',
  found: z.strictObject({ ...vocabularySchema, weights: z.array(z.number()) }),
  scaled: false,
  fit: (texts, counts, settings) => {
    const { vocabulary, rows } = findTerms(texts, counts, settings)
    const all = counts.reduce((sum, count) => sum + count, 0)
    return { ...vocabulary, weights: rows.map((having) => log((1 + all) / (1 + having)) + 1) }
  },
  inputNames: (column, { terms }) => terms.map((term) => `${column}: ${term}`),
  reader: (found) => {
    const count = termCounter(found)
    return (text) => {
      const { places, values } = count(text)
      let squares = 0
      for (let i = 0; i < places.length; i++) {
        values[i]! *= found.weights[places[i]!]!
        squares += values[i]! ** 2
      }
      const length = Math.sqrt(squares) || 1
      return { places, values: values.map((value) => value / length) }
    }
  },
}
