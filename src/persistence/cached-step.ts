import type { CachedResults } from '../connection/cache/cached-results.js'
import type { Executor } from '../connection/calls/executor.js'
import { tablesRead } from '../query/tables-read.js'
import { joinTables, type CompiledQuery } from '../surrealql/compiled-query.js'
import type { SelectStatement } from '../surrealql/nodes/select-statement.js'
import type { Statement } from '../surrealql/nodes/statement.js'

/** How the results of a queryset are kept. */
export interface CacheChoice {
  /** Milliseconds; undefined: as the connection says. */
  readonly ttl: number | undefined
  readonly tag: string | undefined
}

/** Statements that are about to be sent. */
interface CachedStep {
  readonly statements: readonly Statement[]
  readonly query: CompiledQuery
  /** Whether the caller can wait for somebody else's answer. */
  readonly canWait: boolean
}

const NOT_CACHED: CachedResults = { found: undefined, keep: () => {} }

/** What is known of the results of statements before they are sent; nothing of what is more than reading. */
export function cachedStep(
  { cache }: Executor,
  choice: CacheChoice | undefined,
  { statements, query, canWait }: CachedStep,
): CachedResults {
  if (!cache || !choice || !statements.every(isRead)) return NOT_CACHED
  return cache.look({ ...choice, query, tables: joinTables(statements.map(tablesRead)), canWait })
}

function isRead(statement: Statement): statement is SelectStatement {
  return statement.kind === 'select' && statement.explain === undefined
}
