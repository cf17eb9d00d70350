import type { SurrealEngineError } from '../../errors.js'
import type { CompiledQuery, Tables } from '../../surrealql/compiled-query.js'
import type { CachedReads } from '../cache/cached-results.js'
import type { CallOptions } from './call-options.js'

/** How a query of an operation is carried out. */
export interface ExecutorOptions extends CallOptions {
  /**
   * The query creates a record whose id was made for it. When it is sent again because its channel broke, and the record is
   * there, it was carried out the first time: the query that comes back gives its result.
   */
  readonly ifExists?: () => CompiledQuery
  /**
   * A statement that fails takes no other one along, and is no error: the answer says what came of each, as a
   * StatementOutcome.
   */
  readonly each?: boolean
  /**
   * Done while the database works, once for each time that the query is sent. What it gives is the query that follows: its bytes
   * are made ready, so that the database need not wait for them.
   */
  readonly meanwhile?: () => CompiledQuery | undefined
  /** The tables that it writes, where that is known. */
  readonly writes?: Tables
  /** It asks about the session, and is no part of a transaction. */
  readonly ofSession?: boolean
}

/** What came of one statement. */
export type StatementOutcome =
  | { readonly value: unknown }
  /** `isConsequence`: it failed only because another one of its transaction did. */
  | { readonly error: SurrealEngineError; readonly isConsequence: boolean }

/** What a write will give, as far as that is known before it is carried out. */
export interface Foreseen {
  /** What is written; of several writes of one thing only the last is told what came of it. */
  readonly of: object
  readonly result: unknown
  /** It was carried out, and really gave this. */
  settled(result: unknown): void
}

/** Statements that are carried out later, together with others. */
export interface CollectedWrite {
  readonly statements: readonly unknown[]
  readonly foreseen: Foreseen | undefined
  readonly writes: Tables
  /** All statements of a transaction as one text. */
  readonly compile: (statements: readonly unknown[]) => CompiledQuery
}

/** What persistence asks of a connection: to carry one query out, in either mode. */
export interface Executor {
  /** `surrealdb-3.0.2`; undefined until connected. */
  readonly serverVersion: string | undefined
  /** One result per statement; the first failed statement is thrown as a typed error. */
  execute(query: CompiledQuery, options?: ExecutorOptions): Promise<readonly unknown[]>
  /** The same, blocking. */
  executeSync(query: CompiledQuery, options?: ExecutorOptions): readonly unknown[]
  /** Where results are kept; in a transaction, nothing is taken from there. */
  readonly cache?: CachedReads
  /** Whether something was written in it that is not committed. */
  readonly hasWritten?: boolean
  /** An operation of several steps begins; what comes back ends it. */
  enter?(): () => void
  /** What to do with a document when what was written is not committed; outside of a transaction it always is. */
  onCancel?(restore: () => void): void
  /** Takes a write to carry it out later, and gives what is foreseen of it; where it is missing, nothing has to wait. */
  collect?(write: CollectedWrite): readonly unknown[]
}
