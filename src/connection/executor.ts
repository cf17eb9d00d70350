import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { CallOptions } from './call-options.js'

/** What persistence asks of a connection: to carry one query out, in either mode. */
export interface Executor {
  /** `surrealdb-3.0.2`; undefined until connected. */
  readonly serverVersion: string | undefined
  /** One result per statement; the first failed statement is thrown as a typed error. */
  execute(query: CompiledQuery, options?: CallOptions): Promise<readonly unknown[]>
  /** The same, blocking. */
  executeSync(query: CompiledQuery, options?: CallOptions): readonly unknown[]
  /** What to do with a document when what was written is not committed; outside of a transaction it always is. */
  onCancel?(restore: () => void): void
}
