/** A table that comes with the lab. The CSV text itself lies beside this file, under `file`. */
export interface Sample {
  /** Short name, as in `iris`; also the name of an experiment made from it. */
  name: string
  title: string
  /** File name in this folder. */
  file: string
  /** Rows of data, without the header. */
  rows: number
  task: 'classification' | 'regression'
  /** The columns to predict. */
  targets: readonly string[]
  description: string
  /** Who measured or made it, and where it was published. */
  source: string
  licence: string
}

const repository = 'UCI Machine Learning Repository'
const generator = 'Made for Nabla Lab'

/** The built-in samples, in the order in which they are offered. */
export const samples: readonly Sample[] = [
  {
    name: 'iris',
    title: 'Iris flowers',
    file: 'iris.csv',
    rows: 150,
    task: 'classification',
    targets: ['species'],
    description:
      'Length and width of sepals and petals of three iris species, 50 flowers each. One species stands apart, the other two overlap a little.',
    source: `R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936) 179–188; measured by E. Anderson. ${repository}, doi 10.24432/C56C76; two rows that differ there from the paper are as in the paper.`,
    licence: 'CC BY 4.0',
  },
  {
    name: 'wine',
    title: 'Italian wines',
    file: 'wine.csv',
    rows: 178,
    task: 'classification',
    targets: ['cultivar'],
    description:
      'Thirteen chemical measurements of wines from one region of Italy, made of three kinds of grapes. The columns differ by a factor of a thousand in size, so scaling matters.',
    source: `M. Forina et al., PARVUS, Institute of Pharmaceutical and Food Analysis and Technologies, Genoa; Vitis 25 (1986) 189–201; given by S. Aeberhard (1991). ${repository}, doi 10.24432/C5PC7J. The cultivars, numbered there, have their names here.`,
    licence: 'CC BY 4.0',
  },
  {
    name: 'breast-cancer',
    title: 'Breast cancer',
    file: 'breast-cancer.csv',
    rows: 569,
    task: 'classification',
    targets: ['diagnosis'],
    description:
      'Thirty numbers that describe the cell nuclei in images of breast tissue: mean, standard error and worst value of ten properties. Two classes, not equally frequent. For learning only, not for diagnosis.',
    source: `W. Wolberg, W. N. Street, O. Mangasarian, Breast Cancer Wisconsin (Diagnostic), 1993. ${repository}, doi 10.24432/C5DW2B.`,
    licence: 'CC BY 4.0',
  },
  {
    name: 'penguins',
    title: 'Palmer penguins',
    file: 'penguins.csv',
    rows: 344,
    task: 'classification',
    targets: ['species'],
    description:
      'Size, sex and island of three penguin species of the Palmer Archipelago, Antarctica. Numbers and categories together, with a few missing cells, as in life.',
    source:
      'K. B. Gorman, T. D. Williams, W. R. Fraser, Ecological sexual dimorphism and environmental variability within a community of Antarctic penguins (genus Pygoscelis), PLoS ONE 9(3) (2014) e90081; Palmer Station LTER; palmerpenguins by A. M. Horst, A. P. Hill, K. B. Gorman (2020), through vega-datasets 3.2.1.',
    licence: 'CC0 1.0',
  },
  {
    name: 'digits',
    title: 'Handwritten digits',
    file: 'digits.csv',
    rows: 1797,
    task: 'classification',
    targets: ['label'],
    description:
      'Digits from 0 to 9 written by 43 people, as images of 8 × 8 pixels from 0 (white) to 16, laid out in columns row by row. The place to see what convolutions are for: a reshape layer to 8 × 8 × 1 turns a row into its image.',
    source: `E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, 1998. ${repository}, doi 10.24432/C50P49; its test set, as carried by scikit-learn 1.2.`,
    licence: 'CC BY 4.0',
  },
  {
    name: 'diabetes',
    title: 'Diabetes progression',
    file: 'diabetes.csv',
    rows: 442,
    task: 'regression',
    targets: ['progression'],
    description:
      'Age, sex (coded 1 and 2 by the authors), body mass index, blood pressure and six blood values of patients, and how far the disease had gone a year later. Noisy: about half of the variance stays unexplained. For learning only, not for diagnosis.',
    source:
      'B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, Least angle regression, Annals of Statistics 32 (2004) 407–499; the raw table as carried by scikit-learn 1.2.',
    licence:
      'Published with the paper, no licence stated by its authors; carried by scikit-learn (BSD-3-Clause)',
  },
  {
    name: 'weather',
    title: 'Seattle weather',
    file: 'weather.csv',
    rows: 1447,
    task: 'regression',
    targets: ['temp_max'],
    description:
      'Rain, highest and lowest temperature and wind of fourteen days, the oldest first, and the highest temperature of the day after, from 2012 to 2015. A series laid out in columns: a reshape layer to 14 × 4 turns a row into its days, and a recurrent layer reads them.',
    source:
      'NOAA National Climatic Data Center, daily records of Seattle, 2012–2015, as carried by vega-datasets 3.2.1 (seattle-weather.csv); its column of words is left out.',
    licence: 'Public domain (work of the United States government)',
  },
  {
    name: 'two-moons',
    title: 'Two moons',
    file: 'two-moons.csv',
    rows: 400,
    task: 'classification',
    targets: ['class'],
    description:
      'Two half circles in the plane that grip into each other, with noise of 0.2. No straight line separates them; a small hidden layer does.',
    source: `${generator}, seed 1.`,
    licence: 'MIT',
  },
  {
    name: 'spiral',
    title: 'Three-armed spiral',
    file: 'spiral.csv',
    rows: 450,
    task: 'classification',
    targets: ['arm'],
    description:
      'Three arms that wind around each other in the plane. Hard for one layer, good for watching a decision boundary bend.',
    source: `${generator}, seed 2.`,
    licence: 'MIT',
  },
  {
    name: 'sine',
    title: 'Noisy sine',
    file: 'sine.csv',
    rows: 300,
    task: 'regression',
    targets: ['y'],
    description:
      'Points on y = sin x over two periods with Gaussian noise of standard deviation 0.1: a curve to fit, with a known best answer.',
    source: `${generator}, seed 3.`,
    licence: 'MIT',
  },
  {
    name: 'concrete',
    title: 'Concrete mixes',
    file: 'concrete.csv',
    rows: 320,
    task: 'regression',
    targets: ['strength_mpa', 'slump_cm'],
    description:
      'How strong concrete becomes and how far it flows, from what is mixed: two numbers that one network predicts at once. Made by rules of thumb with Gaussian noise, not measured.',
    source: `${generator}, seed 4.`,
    licence: 'MIT',
  },
  {
    name: 'intents',
    title: 'What they want',
    file: 'intents.csv',
    rows: 156,
    task: 'classification',
    targets: ['intent'],
    description:
      'Short sentences as people say them to a helper at home, and what each asks for: six intents, 26 sentences each. Words become numbers by TF-IDF; the start of a chatbot.',
    source: 'Written for Nabla Lab.',
    licence: 'MIT',
  },
]
