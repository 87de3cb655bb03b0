/// <reference path="./csv-raw.d.ts" />
import breastCancer from './breast-cancer.csv?raw'
import concrete from './concrete.csv?raw'
import diabetes from './diabetes.csv?raw'
import digits from './digits.csv?raw'
import intents from './intents.csv?raw'
import iris from './iris.csv?raw'
import penguins from './penguins.csv?raw'
import sine from './sine.csv?raw'
import spiral from './spiral.csv?raw'
import twoMoons from './two-moons.csv?raw'
import weather from './weather.csv?raw'
import wine from './wine.csv?raw'

/** The text of each built-in sample by its name, inside the bundle, so that it needs no file beside it. */
export const sampleTexts: Readonly<Record<string, string>> = {
  iris,
  wine,
  'breast-cancer': breastCancer,
  penguins,
  digits,
  diabetes,
  weather,
  'two-moons': twoMoons,
  spiral,
  sine,
  concrete,
  intents,
}
