import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import typescript from 'typescript-eslint'

/** What the type checker already knows better, or cannot know about components that TypeScript sees as `any`. */
const typesOfComponents = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
    `@typescript-eslint/no-unsafe-${what}`,
    'off',
  ]),
)

const ours = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  // A function of an interface may be async in one place and not in another.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // Declarations of packages without types must come along wherever the file that uses them is compiled.
  '@typescript-eslint/triple-slash-reference': ['error', { path: 'always', types: 'never', lib: 'never' }],
  // Our interfaces are records of closures, which need no `this`; TypeScript's method syntax cannot say so.
  '@typescript-eslint/unbound-method': 'off',
  eqeqeq: 'error',
  'no-console': ['error', { allow: ['error'] }],
}

export default typescript.config(
  {
    ignores: [
      '**/node_modules/',
      'out/',
      'dist/',
      'runs/',
      'test/output/',
      '**/generated/',
      // AssemblyScript, which only looks like TypeScript.
      'core/backends/wasm/kernels/',
      'core/data/csv/kernel/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'], tsconfigRootDir: process.cwd() },
    },
    rules: ours,
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: typescript.parser }, globals: globals.browser },
    rules: {
      ...typesOfComponents,
      // `Button` and `Field` are our own and never in competition with an element's name.
      'vue/multi-word-component-names': 'off',
      // A prop that may be left out is one that may be undefined: the types say so.
      'vue/require-default-prop': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], languageOptions: { globals: globals.node } },
  // It mounts a component, whose type only vue-tsc knows.
  { files: ['renderer/main.ts'], rules: typesOfComponents },
  // Programs that speak on the terminal, and tests that tell what they measured.
  {
    files: ['electron/setup/**', 'test/e2e/**', 'core/node/**', 'core/backends/wasm/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  prettier,
)
