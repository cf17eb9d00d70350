/** The rules of docs/architecture.md that ESLint can check. tests/lint plants one violation of each. */
import tseslint from 'typescript-eslint'
import unicorn from 'eslint-plugin-unicorn'
import surrealengine from './scripts/lint-rules.mjs'

/** The folders that only describe: no network, no clock, no Node. */
const DESCRIBING = ['src/surrealql/**', 'src/fields/**', 'src/schema/**', 'src/query/**']

/** What would let the async and the blocking form of an operation drift apart: only a runner may wait. */
const waiting = [
  [':function[async=true]', 'async'],
  ['AwaitExpression', 'await'],
  ['ForOfStatement[await=true]', 'for await'],
  ['VariableDeclaration[kind="await using"]', 'await using'],
  ['ImportExpression', 'import()'],
  ['Identifier[name="Promise"]', 'Promise'],
].map(([selector, name]) => ({
  selector,
  message: `No ${name} here: an operation is written once, as a generator, and persistence/run-operation.ts drives it in both modes.`,
}))

/** A test that does not run proves nothing, and one that runs alone hides the others. */
const focusedOrSkipped = [
  'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo|failing)$/]',
  'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]',
].map((selector) => ({ selector, message: 'Every test runs, always.' }))

const forbidGlobals = (names, message) => ['error', ...names.map((name) => ({ name, message }))]

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      // what the benchmarks compile
      '.tmp/',
      'coverage/',
      'src/connection/bridge/host-source.ts',
      'tests/package/consumers/',
    ],
  },
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { unicorn, surrealengine },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'surrealengine/no-catch-all-names': 'error',
      'surrealengine/explained-disable': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'surrealengine/exhaustive-switch': ['error', { considerDefaultExhaustiveForUnions: false }],
      // tsc says it already (noUnusedLocals, noUnusedParameters), and knows the underscore
      '@typescript-eslint/no-unused-vars': 'off',
      // an async face without await is what puts the method's name into the stack of its errors
      '@typescript-eslint/require-await': 'off',
      // 'json' | (string & {}) is how a type offers names and takes any
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/max-params': ['error', { max: 3, countVoidThis: false }],
      'max-depth': ['error', 3],
      // modified: a switch counts once, however many kinds it tells apart
      complexity: ['error', { max: 12, variant: 'modified' }],
      'surrealengine/no-barrel': 'error',
      'surrealengine/main-export-name': 'error',
      'surrealengine/throw-own-errors': 'error',
    },
  },
  {
    files: [...DESCRIBING, 'src/persistence/**'],
    ignores: ['src/persistence/run-operation.ts', 'src/persistence/live.ts'],
    rules: { 'no-restricted-syntax': ['error', ...waiting] },
  },
  {
    files: DESCRIBING,
    rules: {
      'no-restricted-globals': forbidGlobals(
        [
          'process',
          'Buffer',
          'require',
          'fetch',
          'WebSocket',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
        ],
        'This folder is pure: it describes, connection/ does.',
      ),
    },
  },
  {
    files: ['src/index.ts'],
    rules: { 'surrealengine/no-barrel': 'off', 'surrealengine/main-export-name': 'off' },
  },
  {
    // the program of the worker thread: nobody catches what it throws, and nobody imports what it exports
    files: ['src/connection/bridge/host/**'],
    rules: { 'surrealengine/throw-own-errors': 'off', 'surrealengine/main-export-name': 'off' },
  },
  {
    files: ['tests/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...focusedOrSkipped] },
  },
)
