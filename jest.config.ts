/**
 * @jest-config-loader esbuild-register
 */
import type { Config } from 'jest'
import { availableParallelism } from 'node:os'

type Project = Exclude<NonNullable<Config['projects']>[number], string>

/** Every test is compiled to CommonJS by swc, with one of the two decorator systems; types are checked by tsc, in lint. */
const compiledWith = (decorators: object): Project['transform'] => ({
  '\\.(ts|js)$': [
    '@swc/jest',
    {
      swcrc: false,
      module: { type: 'commonjs' },
      jsc: {
        target: 'es2022',
        keepClassNames: true,
        parser: { syntax: 'typescript', decorators: true },
        transform: { useDefineForClassFields: true, ...decorators },
      },
    },
  ],
})

const STANDARD = { decoratorVersion: '2022-03' }
const LEGACY = { legacyDecorator: true, decoratorMetadata: true }

const ABOUT_MODELS = [
  ...['bad-input', 'change-tracking', 'documents', 'hooks', 'querysets', 'round-trips', 'transactions', 'models/*'],
]

const ABOUT_QUERIES = [
  ...[
    'aggregates',
    'annotations',
    'bulk-writes',
    'computed-rows',
    'engine-functions',
    'explain-and-raw',
    'expressions',
  ],
  ...['fetch', 'filter-oracle', 'filters', 'geometry-lookups', 'get-or-create', 'live-documents', 'nearest', 'pages*'],
  ...['prefetch', 'querysets', 'row-forms', 'search', 'write-counts'],
]

/** Tests that wait for deadlines and for ends of tokens: `npm test` runs them last, when little else needs the processors. */
const TIMED = ['/tests/faults/.*', '/tests/integration/(nodes|pool|reconnect|retry|session-changes|token-refresh)'].map(
  (path) => `${path}\\.test\\.ts$`,
)

const project = (name: string, decorators: object, which: Partial<Project>): Project => ({
  displayName: name,
  ...which,
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  transform: compiledWith(decorators),
  setupFilesAfterEnv: ['<rootDir>/tests/support/value-equality.ts'],
  // these two are published as ES modules only
  transformIgnorePatterns: ['/node_modules/(?!(p-retry|is-network-error)/)'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^surrealengine$': '<rootDir>/src/index.ts',
  },
})

// Never `workerThreads: true`: the native engine may live in one thread of a process, and ends the process when a second
// one loads it. Jest's default, a process for each worker, is what the tests of `mem://` need.
const config: Config = {
  projects: [
    project('standard', STANDARD, { testMatch: ['<rootDir>/tests/**/*.test.ts'], testPathIgnorePatterns: TIMED }),
    // whatever is about models again, under TypeScript's older decorators
    project('legacy', LEGACY, {
      testMatch: [
        '<rootDir>/tests/model/**/*.test.ts',
        `<rootDir>/tests/integration/{${ABOUT_MODELS.join(',')}}.test.ts`,
      ],
    }),
    project('timed', STANDARD, { testRegex: TIMED }),
    // the suites of queries again, on the engine before version 3
    {
      ...project('engine 2.6', STANDARD, {
        testMatch: [`<rootDir>/tests/integration/{${ABOUT_QUERIES.join(',')}}.test.ts`],
      }),
      globals: { engine: '2.6' },
      globalSetup: '<rootDir>/tests/support/engine/old-engine.ts',
    },
  ],
  // not an option of a project: Jest reads it here alone
  testTimeout: 60_000,
  // many tests wait for a deadline, and all of them have threads of their own (Jest takes no percentage above 100)
  maxWorkers: availableParallelism() + 1,
}

export default config
