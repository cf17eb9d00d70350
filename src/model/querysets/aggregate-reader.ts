import { aggregateOne, loadOneGroup } from '../../persistence/load-groups.js'
import { Avg, Max, Min, Sum } from '../../query/aggregates/aggregate.js'
import type {
  AggregateInput,
  AggregateValues,
  CheckAggregates,
  CheckOperand,
  GroupRow,
  OperandName,
  ValueOf,
} from '../../query/aggregates/aggregate-types.js'
import { groupBy, oneGroup, withAggregates } from '../../query/aggregates/group-query.js'
import type { GroupedQuery } from '../../query/aggregates/grouped-query.js'
import type { CheckPaths, PathName } from '../../query/lookup-types.js'
import { GroupedQuerySet } from './grouped-query-set.js'
import { PageReader } from './page-reader.js'

/** What makes one value of many records, or one row of each group of them. */
export abstract class AggregateReader<Model, Row> extends PageReader<Model, Row> {
  /**
   * Values that are made of all records, of those of a slice when there is a limit. Missing values do not count.
   *
   * @example
   * ```ts
   * import { Avg, Collection, Count, createConnection, Document, IntField } from 'surrealengine'
   *
   * @Collection('aggregate_example')
   * class Order extends Document<Order>() {
   *   @IntField() amount?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await Order.objects.aggregate({ orders: Count(), mean: Avg('amount') })
   * await connection.close()
   * ```
   * ```surql
   * SELECT `list0` AS `orders`, (IF (array::flatten(`list1`) != []) { math::mean(array::flatten(`list1`)) } ELSE { NULL }) AS `mean` FROM (SELECT count() AS `list0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list1` FROM `aggregate_example` GROUP ALL)
   * ```
   */
  async aggregate<const Given extends AggregateInput>(
    given: Given & CheckAggregates<Model, Given>,
  ): Promise<AggregateValues<Model, Given>> {
    return await this.read(loadOneGroup(this.#all(given)))
  }

  /** {@link aggregate}, blocking. */
  aggregateSync<const Given extends AggregateInput>(
    given: Given & CheckAggregates<Model, Given>,
  ): AggregateValues<Model, Given> {
    return this.readSync(loadOneGroup(this.#all(given)))
  }

  /** The sum of the numbers at a path; 0 when there is none. */
  async sum<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Sum', Path>,
  ): Promise<ValueOf<Model, 'Sum', Path>> {
    return await this.read(aggregateOne(this.query, Sum(path)))
  }

  /** {@link sum}, blocking. */
  sumSync<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Sum', Path>,
  ): ValueOf<Model, 'Sum', Path> {
    return this.readSync(aggregateOne(this.query, Sum(path)))
  }

  /** The mean of the numbers at a path; null when there is none. */
  async avg<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Avg', Path>,
  ): Promise<ValueOf<Model, 'Avg', Path>> {
    return await this.read(aggregateOne(this.query, Avg(path)))
  }

  /** {@link avg}, blocking. */
  avgSync<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Avg', Path>,
  ): ValueOf<Model, 'Avg', Path> {
    return this.readSync(aggregateOne(this.query, Avg(path)))
  }

  /** The smallest value at a path; null when there is none. */
  async min<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Min', Path>,
  ): Promise<ValueOf<Model, 'Min', Path>> {
    return await this.read(aggregateOne(this.query, Min(path)))
  }

  /** {@link min}, blocking. */
  minSync<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Min', Path>,
  ): ValueOf<Model, 'Min', Path> {
    return this.readSync(aggregateOne(this.query, Min(path)))
  }

  /** The largest value at a path; null when there is none. */
  async max<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Max', Path>,
  ): Promise<ValueOf<Model, 'Max', Path>> {
    return await this.read(aggregateOne(this.query, Max(path)))
  }

  /** {@link max}, blocking. */
  maxSync<const Path extends OperandName<Model>>(
    path: Path & CheckOperand<Model, 'Max', Path>,
  ): ValueOf<Model, 'Max', Path> {
    return this.readSync(aggregateOne(this.query, Max(path)))
  }

  /**
   * A row for each value that the records have at these paths: `kind`, `address__city`, `placed__year`. A missing value
   * and NULL are groups of their own. See {@link GroupedQuerySet.aggregate}.
   */
  groupBy<const Paths extends readonly PathName<Model>[]>(
    ...paths: Paths & CheckPaths<Model, Paths>
  ): GroupedQuerySet<Model, GroupRow<Model, Paths[number]>> {
    return new GroupedQuerySet(groupBy(this.query, paths), {
      run: (operation) => this.read(operation),
      runSync: (operation) => this.readSync(operation),
      compile: (statement) => this.compile(statement),
    })
  }

  #all(given: unknown): GroupedQuery {
    return withAggregates(oneGroup(this.query), given)
  }
}
