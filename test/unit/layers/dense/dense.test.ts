import { describe } from 'vitest'
import goldens from '../../../goldens/dense.json'
import { compareWithPyTorch } from '../compare-golden'

describe('dense and output', () => compareWithPyTorch(goldens.cases))
