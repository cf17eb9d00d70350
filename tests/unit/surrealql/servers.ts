import { dialectFor } from '../../../src/surrealql/dialect.js'

/** The dialects there are, by a version that speaks each. */
export const NEWEST = dialectFor(undefined)
export const LIMIT_BUG = dialectFor('surrealdb-3.0.2')
export const VERSION_2 = dialectFor('surrealdb-2.6.1')

/** All of them, for what is written the same everywhere. */
export const EVERY_DIALECT = [
  ['the newest server', NEWEST],
  ['3.0.2', LIMIT_BUG],
  ['2.6.1', VERSION_2],
] as const
