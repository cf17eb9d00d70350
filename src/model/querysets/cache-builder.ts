import { checkedTag } from '../../connection/cache/result-cache.js'
import { toMilliseconds, type DurationInput } from '../../connection/options/duration.js'
import type { Operation } from '../../persistence/operation.js'
import { runOperation, runOperationSync } from '../../persistence/run-operation.js'
import { ClauseBuilder } from './clause-builder.js'

/** What `cache` can be told. */
export interface CacheReadOptions {
  /** How long a result is good. Milliseconds, or a duration such as `'5m'`. Default: as the connection says, `'60s'`. */
  readonly ttl?: DurationInput
  /** A name for `connection.cache.invalidate({ tag })`. */
  readonly tag?: string
}

/** Whether the database has to be asked. */
export abstract class CacheBuilder<Model, Row> extends ClauseBuilder<Model, Row> {
  /**
   * What is read is kept, and the same question is answered without the database: until its time is over, or until this
   * process writes one of the tables that it reads. What others write is seen when the time is over. In a transaction, the
   * database is always asked. What a write needs to read, and what {@link iterate}, {@link live}, {@link explain} and `raw()`
   * read, is not cached. See docs/cache.md.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('cache_example')
   * class Country extends Document<Country>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const countries = Country.objects.orderBy('name').cache({ ttl: 60_000 })
   * await countries.all()
   * await countries.all() // from memory
   * await Country.create({ name: 'France' })
   * await countries.all() // from the database
   * await connection.close()
   * ```
   * ```surql
   * SELECT * FROM `cache_example` ORDER BY `name` ASC
   * ```
   */
  cache({ ttl, tag }: CacheReadOptions = {}): this {
    const method = `${this.query.meta.name}: cache()`
    return this.derive({
      ...this.parts,
      cache: {
        ttl: ttl === undefined ? undefined : toMilliseconds(ttl, method),
        tag: tag === undefined ? undefined : checkedTag(tag, method),
      },
    })
  }

  /** No result of a cached queryset that reads this table is good any more; for what others have written. */
  invalidateCache(): void {
    this.connection.cache.invalidate(this.query.meta.table)
  }

  /** @internal {@link run} of what only reads. */
  protected async read<Result>(operation: Operation<unknown>): Promise<Result> {
    return (await runOperation(this.choose, operation, this.parts.cache)) as Result
  }

  /** @internal */
  protected readSync<Result>(operation: Operation<unknown>): Result {
    return runOperationSync(this.choose, operation, this.parts.cache) as Result
  }
}
