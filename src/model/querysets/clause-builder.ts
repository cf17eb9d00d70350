import { toMilliseconds, type DurationInput } from '../../connection/options/duration.js'
import { LookupError } from '../../errors.js'
import { askedOf } from '../../query/asked-of.js'
import type {
  DescendingExpression,
  RecordExpression,
  TypedExpression,
} from '../../query/expressions/expression-types.js'
import { findIndexes } from '../../query/find-indexes.js'
import type { CheckPaths, OrderTerm, PathName } from '../../query/lookup-types.js'
import { parseOrder, parsePath } from '../../query/parse-order.js'
import type { Asked } from '../../query/row-types.js'
import { withLimit, withStart } from '../../query/query.js'
import { DateTime, Duration, isPlainObject, toDateTime } from '../../values.js'
import { ConditionBuilder } from './condition-builder.js'

/** How texts are compared by `orderBy`. */
export interface OrderOptions {
  /** Letters as people sort them: `é` beside `e`. */
  readonly collate?: boolean
  /** Digits as numbers: `a2` before `a10`. */
  readonly numeric?: boolean
}

/** What is made of each record, to order by; `desc()` of it for the largest first. */
export type OrderFunction<Model> = (record: RecordExpression<Model>) => TypedExpression<unknown> | DescendingExpression

/** In which order, how many, and how the database should go about it. */
export abstract class ClauseBuilder<Model, Row> extends ConditionBuilder<Model, Row> {
  /**
   * The records in this order, `-` for descending; replaces an earlier order. Missing values and NULL come first. A function
   * says what is made of each record: `(u) => u.name.len()`, or `.len().desc()`, with the expressions of {@link where}. The
   * last argument may say how texts are compared.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField, StringField } from 'surrealengine'
   *
   * @Collection('order_by_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @IntField() age?: number
   * }
   * Person.objects.orderBy('-age', 'name', { collate: true }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `order_by_example` ORDER BY `age` COLLATE DESC, `name` COLLATE ASC
   * ```
   */
  orderBy<
    const Terms extends readonly (OrderTerm<Asked<Model, Row>> | OrderFunction<Asked<Model, Row>> | OrderOptions)[],
  >(...terms: Terms & CheckPaths<Asked<Model, Row>, Terms>): this {
    const last: unknown = terms.at(-1)
    const options = isPlainObject(last) ? last : {}
    const names: readonly unknown[] = isPlainObject(last) ? terms.slice(0, -1) : terms
    return this.with({ ...this.query, orderBy: names.map((term) => parseOrder(askedOf(this.query), term, options)) })
  }

  /** The records in another order each time. */
  orderByRandom(): this {
    return this.with({ ...this.query, orderBy: 'random' })
  }

  /** At most this many records. */
  limit(limit: number): this {
    return this.with(withLimit(this.query, limit))
  }

  /** Without this many records at the beginning. */
  start(start: number): this {
    return this.with(withStart(this.query, start))
  }

  /** A row for each item of a list, which then is the item: of `tags: ['a', 'b']`, one with `a` and one with `b`. */
  split<const Paths extends readonly PathName<Model>[]>(...paths: Paths & CheckPaths<Model, Paths>): this {
    const names: readonly string[] = paths
    return this.with({ ...this.query, split: names.map((name) => parsePath(this.query.meta, name)) })
  }

  /** The database may use these indexes of the model, by their names, and no others. */
  withIndex(...names: readonly string[]): this {
    return this.with({ ...this.query, indexes: findIndexes(this.query.meta, names) })
  }

  /** The database looks at every record instead of using an index. */
  noIndex(): this {
    return this.with({ ...this.query, indexes: 'none' })
  }

  /** The database gives up after that long; milliseconds, or a duration such as `'5s'`. It is a TimeoutError then. */
  timeout(limit: DurationInput): this {
    const milliseconds = toMilliseconds(limit, `${this.query.meta.name}: timeout()`)
    return this.with({ ...this.query, timeout: Duration.milliseconds(BigInt(Math.ceil(milliseconds))) })
  }

  /** The database sorts on its disk, where there is more than fits into its memory. */
  tempFiles(): this {
    return this.with({ ...this.query, tempFiles: true })
  }

  /** The records as they were at a moment; of a store that keeps versions: `surrealkv+versioned://`, or in memory before 3.3. */
  version(moment: Date | DateTime): this {
    if ((moment instanceof Date && !Number.isNaN(moment.getTime())) || moment instanceof DateTime)
      return this.with({ ...this.query, version: toDateTime(moment) })
    throw new LookupError('INVALID_VALUE', `${this.query.meta.name}: version() takes a Date or a DateTime.`)
  }
}
