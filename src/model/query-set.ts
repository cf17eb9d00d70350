import { currentConnection, type ConnectionChoice } from '../connection/current-connection.js'
import { count, exists, loadAll, loadFirst, loadOnly, loadOnlyOrNull } from '../persistence/load.js'
import type { Operation } from '../persistence/operation.js'
import { runOperation, runOperationSync } from '../persistence/run-operation.js'
import { softDeletion } from '../persistence/soft-deletion.js'
import { deleteMany, hardDeleteMany, restoreMany, updateMany } from '../persistence/write-many.js'
import { buildSelect } from '../query/build-statements.js'
import type { CheckFilter, FilterKeys, OrderTerm, UpdateFields } from '../query/lookup-types.js'
import { parseFilter } from '../query/parse-filter.js'
import { parseOrder } from '../query/parse-order.js'
import { withConditions, withLimit, withStart, type DeletedRecords, type Query } from '../query/query.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'
import { and, not } from '../surrealql/nodes/expression.js'
import type { SoftlyDeleted } from './softly-deleted.js'

/** What makes a call on a model without `SoftDelete` an error of the compiler. */
type OnlyWhereSoft<Model> = Model extends SoftlyDeleted ? unknown : { readonly 'model error': 'it has no SoftDelete' }

/** What a queryset is made of. */
export interface QuerySetParts {
  readonly query: Query
  /** The connection named by `using()`. */
  readonly choice: ConnectionChoice | undefined
}

/**
 * A question about the records of a model. Immutable: every method that narrows it gives a new one, and nothing is sent
 * before a finishing method (`all`, `first`, `count`, …) is called. Awaiting it is `all()`.
 */
export class QuerySet<Model> implements PromiseLike<Model[]> {
  readonly #parts: QuerySetParts

  /** @internal Start from `User.objects`. */
  constructor(parts: QuerySetParts) {
    this.#parts = parts
  }

  /**
   * The records for which every term holds: `{ age__gte: 18, address__city: 'Paris' }`.
   *
   * A term is a field, or a field and a lookup: `exact ne gt gte lt lte in isnull contains startswith`. An unknown field
   * or lookup, `undefined`, or a value of the wrong kind is a LookupError, and does not compile.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField } from 'surrealengine'
   *
   * @Collection('filter_example')
   * class Person extends Document<Person>() {
   *   @IntField() age?: number
   * }
   * Person.objects.filter({ age__gte: 18 }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `filter_example` WHERE (`age` >= $p0)
   * ```
   */
  filter<const Filter extends FilterKeys<Model>>(filter: Filter & CheckFilter<Model, Filter>): QuerySet<Model> {
    const { query } = this.#parts
    return this.#with(withConditions(query, parseFilter(query.meta, filter)))
  }

  /**
   * The records for which not every term holds. A record without a value is kept: what is missing does not match.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   *
   * @Collection('exclude_example')
   * class Person extends Document<Person>() {
   *   @StringField() status?: string
   * }
   * Person.objects.exclude({ status: 'banned' }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `exclude_example` WHERE !(`status` = $p0)
   * ```
   */
  exclude<const Filter extends FilterKeys<Model>>(filter: Filter & CheckFilter<Model, Filter>): QuerySet<Model> {
    const { query } = this.#parts
    const terms = parseFilter(query.meta, filter)
    return this.#with(terms.length === 0 ? query : withConditions(query, [not(and(...terms))]))
  }

  /** The records in this order, `-` for descending; replaces an earlier order. */
  orderBy(...terms: readonly OrderTerm<Model>[]): QuerySet<Model> {
    const { query } = this.#parts
    return this.#with({ ...query, orderBy: terms.map((term) => parseOrder(query.meta, term)) })
  }

  /** At most this many records. */
  limit(limit: number): QuerySet<Model> {
    return this.#with(withLimit(this.#parts.query, limit))
  }

  /** Without this many records at the beginning. */
  start(start: number): QuerySet<Model> {
    return this.#with(withStart(this.#parts.query, start))
  }

  /** Lets `update()` and `delete()` touch every record. */
  allowAll(): QuerySet<Model> {
    return this.#with({ ...this.#parts.query, allowAll: true })
  }

  /**
   * The records that are marked as deleted as well: of a model with `SoftDelete`, whose queries leave them out otherwise.
   *
   * @example
   * ```ts
   * import { Collection, Document, SoftDelete, StringField } from 'surrealengine'
   *
   * @Collection('with_deleted_example')
   * class Note extends SoftDelete(Document<Note>()) {
   *   @StringField() text?: string
   * }
   * Note.objects.withDeleted().filter({ text: 'x' }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `with_deleted_example` WHERE (`text` = $p0)
   * ```
   */
  withDeleted(this: QuerySet<Model> & OnlyWhereSoft<Model>): QuerySet<Model> {
    return this.#withDeleted('with')
  }

  /** The records that are marked as deleted, and no others; see {@link withDeleted}. */
  onlyDeleted(this: QuerySet<Model> & OnlyWhereSoft<Model>): QuerySet<Model> {
    return this.#withDeleted('only')
  }

  /** The same records, asked for on another connection. */
  using(choice: ConnectionChoice): QuerySet<Model> {
    return new QuerySet({ ...this.#parts, choice })
  }

  /** The SELECT of `all()` with its bindings; no I/O. Written for the server the connection talks to, or the newest. */
  toSurrealQL(): CompiledQuery {
    return compile(buildSelect(this.#parts.query), dialectFor(this.#serverVersion()))
  }

  /** The documents. */
  async all(): Promise<Model[]> {
    return await this.run(loadAll(this.#parts.query))
  }

  /** {@link all}, blocking. */
  allSync(): Model[] {
    return this.runSync(loadAll(this.#parts.query))
  }

  /** The first document; null when there is none. */
  async first(): Promise<Model | null> {
    return await this.run(loadFirst(this.#parts.query))
  }

  /** {@link first}, blocking. */
  firstSync(): Model | null {
    return this.runSync(loadFirst(this.#parts.query))
  }

  /** The only document; none is a DoesNotExistError, several are a MultipleObjectsReturnedError. */
  async get(): Promise<Model> {
    return await this.run(loadOnly(this.#parts.query))
  }

  /** {@link get}, blocking. */
  getSync(): Model {
    return this.runSync(loadOnly(this.#parts.query))
  }

  /** The only document; null when there is none, a MultipleObjectsReturnedError when there are several. */
  async getOrNull(): Promise<Model | null> {
    return await this.run(loadOnlyOrNull(this.#parts.query))
  }

  /** {@link getOrNull}, blocking. */
  getOrNullSync(): Model | null {
    return this.runSync(loadOnlyOrNull(this.#parts.query))
  }

  /** How many records there are; 0 for a table that does not exist. */
  async count(): Promise<number> {
    return await this.run(count(this.#parts.query))
  }

  /** {@link count}, blocking. */
  countSync(): number {
    return this.runSync(count(this.#parts.query))
  }

  /** Whether there is any record. */
  async exists(): Promise<boolean> {
    return await this.run(exists(this.#parts.query))
  }

  /** {@link exists}, blocking. */
  existsSync(): boolean {
    return this.runSync(exists(this.#parts.query))
  }

  /**
   * Sets fields of every record; the number of records. Values are validated, hooks of documents do not run. Without a
   * filter it is a LookupError, unless `allowAll()` was called.
   */
  async update(fields: UpdateFields<Model>): Promise<number> {
    return await this.run(updateMany(this.#parts.query, fields))
  }

  /** {@link update}, blocking. */
  updateSync(fields: UpdateFields<Model>): number {
    return this.runSync(updateMany(this.#parts.query, fields))
  }

  /**
   * Deletes every record; the number of records. Hooks of documents do not run. Without a filter it is a LookupError,
   * unless `allowAll()` was called.
   */
  async delete(): Promise<number> {
    return await this.run(deleteMany(this.#parts.query))
  }

  /** {@link delete}, blocking. */
  deleteSync(): number {
    return this.runSync(deleteMany(this.#parts.query))
  }

  /** Deletes every record for good, also where `delete()` marks them only; the number of records. See {@link delete}. */
  async hardDelete(): Promise<number> {
    return await this.run(hardDeleteMany(this.#parts.query))
  }

  /** {@link hardDelete}, blocking. */
  hardDeleteSync(): number {
    return this.runSync(hardDeleteMany(this.#parts.query))
  }

  /** Takes the mark from every record that is marked as deleted; the number of records. See {@link withDeleted}. */
  async restore(this: QuerySet<Model> & OnlyWhereSoft<Model>): Promise<number> {
    return await this.run(restoreMany(this.#parts.query))
  }

  /** {@link restore}, blocking. */
  restoreSync(this: QuerySet<Model> & OnlyWhereSoft<Model>): number {
    return this.runSync(restoreMany(this.#parts.query))
  }

  then<Value = Model[], Failure = never>(
    fulfilled?: ((documents: Model[]) => Value | PromiseLike<Value>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.all().then(fulfilled, rejected)
  }

  #with(query: Query): QuerySet<Model> {
    return new QuerySet({ ...this.#parts, query })
  }

  #withDeleted(deleted: DeletedRecords): QuerySet<Model> {
    const { query } = this.#parts
    softDeletion(query.meta)
    return this.#with({ ...query, deleted })
  }

  readonly #connection = () => {
    const { choice, query } = this.#parts
    return currentConnection({ explicit: choice, model: query.meta.options.connection })
  }

  /** @internal Operations know no models' types; the query of this queryset gives documents of this model. */
  protected async run<Result>(operation: Operation<unknown>): Promise<Result> {
    return (await runOperation(this.#connection, operation)) as Result
  }

  /** @internal */
  protected runSync<Result>(operation: Operation<unknown>): Result {
    return runOperationSync(this.#connection, operation) as Result
  }

  #serverVersion(): string | undefined {
    try {
      return this.#connection().serverVersion
    } catch {
      return undefined
    }
  }
}
