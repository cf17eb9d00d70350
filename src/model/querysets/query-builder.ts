import type { Connection } from '../../connection/connection.js'
import {
  connectionBehind,
  currentConnection,
  findCurrentConnection,
  type ConnectionChoice,
  type ConnectionHints,
} from '../../connection/current-connection.js'
import type { Operation } from '../../persistence/operation.js'
import type { CacheChoice } from '../../persistence/cached-step.js'
import { runOperation, runOperationSync } from '../../persistence/run-operation.js'
import { buildRows } from '../../query/build-rows.js'
import type { Query } from '../../query/query.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import { compile } from '../../surrealql/compiler/compile.js'
import { dialectFor, ofViews } from '../../surrealql/dialect.js'
import type { Statement } from '../../surrealql/nodes/statement.js'

/** What a queryset is made of. */
export interface QuerySetParts {
  readonly query: Query
  /** The connection named by `using()`. */
  readonly choice: ConnectionChoice | undefined
  /** How what is read is cached; undefined: not at all. */
  readonly cache?: CacheChoice
}

/**
 * The base of querysets: what was asked, and where it is asked. `Model` is what the records are, `Row` is what becomes of
 * each. A queryset is put together of classes with one concern each: conditions, clauses, reading, writing.
 */
export abstract class QueryBuilder<Model, Row> {
  /** @internal The types of what is asked, and of what comes back. */
  declare protected readonly types: readonly [Model, Row]
  /** @internal */
  protected readonly parts: QuerySetParts

  /** @internal Start from `User.objects`. */
  constructor(parts: QuerySetParts) {
    this.parts = parts
  }

  /** @internal One of the same kind. */
  protected abstract derive(parts: QuerySetParts): this

  /** @internal */
  protected get query(): Query {
    return this.parts.query
  }

  /** @internal */
  protected with(query: Query): this {
    return this.derive({ ...this.parts, query })
  }

  /** The same records, asked for on another connection. */
  using(choice: ConnectionChoice): this {
    return this.derive({ ...this.parts, choice })
  }

  /** The SELECT of `all()` with its bindings; no I/O. Written for the server the connection talks to, or the newest. */
  toSurrealQL(): CompiledQuery {
    return this.compile(buildRows(this.query))
  }

  /** {@link toSurrealQL} as the option `view` of `@Collection` takes it; no I/O. */
  toView(): CompiledQuery {
    return compile(buildRows(this.query), ofViews(dialectFor(this.#serverVersion())))
  }

  /** @internal Written for the server the connection talks to, or the newest. */
  protected compile(statement: Statement): CompiledQuery {
    return compile(statement, dialectFor(this.#serverVersion()))
  }

  /** @internal Operations know no models' types; the query of this queryset gives documents of this model. */
  protected async run<Result>(operation: Operation<unknown>): Promise<Result> {
    return (await runOperation(this.choose, operation)) as Result
  }

  /** @internal */
  protected runSync<Result>(operation: Operation<unknown>): Result {
    return runOperationSync(this.choose, operation) as Result
  }

  /** @internal The connection itself, for what knows no transactions. */
  protected get connection(): Connection {
    return connectionBehind(this.#hints)
  }

  /** @internal Where it is asked. */
  protected readonly choose = () => currentConnection(this.#hints)

  get #hints(): ConnectionHints {
    const { choice, query } = this.parts
    return { explicit: choice, model: query.meta.options.connection }
  }

  #serverVersion(): string | undefined {
    return findCurrentConnection(this.#hints)?.serverVersion
  }
}
