import type { CompiledQuery, Tables } from '../../surrealql/compiled-query.js'

/** What makes the results of a query cached ones. */
export interface CachedQuery {
  readonly query: CompiledQuery
  /** What it reads. */
  readonly tables: Tables
  /** Milliseconds; undefined: as the connection says. */
  readonly ttl: number | undefined
  readonly tag: string | undefined
  /** Whether the caller can wait for an equal read that is under way: not a blocking one, and none twice. */
  readonly canWait: boolean
}

/** What is known of a query before it is sent. */
export interface CachedResults {
  /** Its results; undefined where it has to be sent. */
  readonly found: readonly unknown[] | undefined
  /** An equal read that was sent already, until it is over; its results are known then, if it has any. */
  readonly underWay?: Promise<unknown> | undefined
  /** Tells that it was sent. */
  readonly sent?: (reading: Promise<unknown>) => void
  /** Takes the results it then has. */
  readonly keep: (results: readonly unknown[]) => void
}

/** Who knows the results of some queries. */
export interface CachedReads {
  look(query: CachedQuery): CachedResults
}
