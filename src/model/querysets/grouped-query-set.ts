import { countGroups, loadFirstGroup, loadGroups } from '../../persistence/load-groups.js'
import { loadArrowGroups } from '../../persistence/arrow/load-arrow-table.js'
import { loadGroupColumns } from '../../persistence/columns.js'
import type { Operation } from '../../persistence/operation.js'
import type {
  AggregateInput,
  AggregateValues,
  CheckAggregates,
  CheckHaving,
  ColumnTerm,
  HavingInput,
} from '../../query/aggregates/aggregate-types.js'
import { buildGroups } from '../../query/aggregates/build-groups.js'
import { having, limitGroups, orderGroups, startGroups, withAggregates } from '../../query/aggregates/group-query.js'
import type { GroupedQuery } from '../../query/aggregates/grouped-query.js'
import type { SelectStatement } from '../../surrealql/nodes/select-statement.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { ArrowTable } from '../arrow-types.js'
import { libraryIn, type ArrowOptions } from '../arrow-options.js'
import type { ColumnsOf } from '../../query/columns/columns-of.js'

/** What groups are asked with: the queryset that they are of. */
export interface GroupRunner {
  run<Result>(operation: Operation<unknown>): Promise<Result>
  runSync<Result>(operation: Operation<unknown>): Result
  compile(statement: SelectStatement): CompiledQuery
}

/**
 * Groups of records, from `groupBy()`: a row for each, with what the records of the group have in common, and with what
 * `aggregate()` makes of them. Immutable; awaiting it is `all()`.
 */
export class GroupedQuerySet<Model, Row> implements PromiseLike<Row[]> {
  /** @internal */
  declare protected readonly types: readonly [Model, Row]
  readonly #groups: GroupedQuery
  readonly #runner: GroupRunner

  /** @internal Start from `User.objects.groupBy('kind')`. */
  constructor(groups: GroupedQuery, runner: GroupRunner) {
    this.#groups = groups
    this.#runner = runner
  }

  /**
   * Rows with these values as well; their order, the filter, and the slice are of rows with all columns.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField, StringField, Sum } from 'surrealengine'
   *
   * @Collection('group_example')
   * class Order extends Document<Order>() {
   *   @StringField() kind?: string
   *   @IntField() amount?: number
   * }
   * const totals = Order.objects.groupBy('kind').aggregate({ total: Sum('amount') })
   * totals.having({ total__gt: 10 }).orderBy('-total').limit(3).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM (SELECT `key0` AS `kind`, math::sum(array::flatten(`list0`)) AS `total` FROM (SELECT `kind` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `group_example` GROUP BY `key0`)) WHERE (`total` > $p0) ORDER BY `total` DESC LIMIT $p1
   * ```
   */
  aggregate<const Given extends AggregateInput>(
    given: Given & CheckAggregates<Model, Given>,
  ): GroupedQuerySet<Model, Row & AggregateValues<Model, Given>> {
    return new GroupedQuerySet(withAggregates(this.#groups, given), this.#runner)
  }

  /** The rows of {@link aggregate}, blocking. */
  aggregateSync<const Given extends AggregateInput>(
    given: Given & CheckAggregates<Model, Given>,
  ): (Row & AggregateValues<Model, Given>)[] {
    return this.#runner.runSync(loadGroups(withAggregates(this.#groups, given)))
  }

  /** The rows for which a filter on their columns holds, or what `Q` made of filters: `{ total__gt: 10 }`. */
  having<const Filter extends HavingInput<Row>>(filter: Filter & CheckHaving<Row, Filter>): this {
    return this.#with(having(this.#groups, filter))
  }

  /** The rows in the order of these columns, `-` for descending; replaces an earlier order. Missing values come first. */
  orderBy(...terms: readonly ColumnTerm<Row>[]): this {
    return this.#with(orderGroups(this.#groups, terms))
  }

  /** At most this many rows. */
  limit(limit: number): this {
    return this.#with(limitGroups(this.#groups, limit))
  }

  /** Without this many rows at the beginning. */
  start(start: number): this {
    return this.#with(startGroups(this.#groups, start))
  }

  /** The SELECT of `all()` with its bindings; no I/O. */
  toSurrealQL(): CompiledQuery {
    return this.#runner.compile(buildGroups(this.#groups))
  }

  /** The rows. */
  async all(): Promise<Row[]> {
    return await this.#runner.run(loadGroups(this.#groups))
  }

  /** {@link all}, blocking. */
  allSync(): Row[] {
    return this.#runner.runSync(loadGroups(this.#groups))
  }

  /** The first row; null when there is none. */
  async first(): Promise<Row | null> {
    return await this.#runner.run(loadFirstGroup(this.#groups))
  }

  /** {@link first}, blocking. */
  firstSync(): Row | null {
    return this.#runner.runSync(loadFirstGroup(this.#groups))
  }

  /** How many rows there are. */
  async count(): Promise<number> {
    return await this.#runner.run(countGroups(this.#groups))
  }

  /** {@link count}, blocking. */
  countSync(): number {
    return this.#runner.runSync(countGroups(this.#groups))
  }

  /** The rows by column; see {@link QuerySet.toColumns}. */
  async toColumns(): Promise<ColumnsOf<Row>> {
    return await this.#runner.run(loadGroupColumns(this.#groups))
  }

  /** {@link toColumns}, blocking. */
  toColumnsSync(): ColumnsOf<Row> {
    return this.#runner.runSync(loadGroupColumns(this.#groups))
  }

  /** The rows as a table of Apache Arrow; see {@link QuerySet.toArrow}. */
  async toArrow(options?: ArrowOptions): Promise<ArrowTable> {
    return await this.#runner.run<ArrowTable>(loadArrowGroups(this.#groups, libraryIn(options)))
  }

  /** {@link toArrow}, blocking. */
  toArrowSync(options?: ArrowOptions): ArrowTable {
    return this.#runner.runSync<ArrowTable>(loadArrowGroups(this.#groups, libraryIn(options)))
  }

  then<Value = Row[], Failure = never>(
    fulfilled?: ((rows: Row[]) => Value | PromiseLike<Value>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.all().then(fulfilled, rejected)
  }

  #with(groups: GroupedQuery): this {
    return new GroupedQuerySet<Model, Row>(groups, this.#runner) as this
  }
}
