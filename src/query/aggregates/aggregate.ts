/** What makes one value of many; the name of the function that gives it. */
export type AggregateName =
  | 'Count'
  | 'Sum'
  | 'Avg'
  | 'Min'
  | 'Max'
  | 'Median'
  | 'StdDev'
  | 'Variance'
  | 'Percentile'
  | 'Distinct'
  | 'DistinctCount'
  | 'ArrayCollect'
  | 'GroupConcat'
  | 'First'
  | 'Last'

/** What an aggregate is told besides its name. */
export interface AggregateTerms {
  /** Whose values; without it, the records themselves. */
  readonly path?: string
  /** Only of the records for which this holds. */
  readonly filter?: unknown
  /** The percentage of `Percentile`, the separator of `GroupConcat`. */
  readonly argument?: unknown
}

/**
 * One value that is made of many records: `Sum('amount')`. Of no model yet: it is checked where it is used, in
 * `aggregate()` or `annotate()`.
 */
export class Aggregate<Name extends AggregateName, Path extends string = never, Filter = never> {
  /** @internal For the compiler alone. */
  declare protected readonly types: readonly [Name, Path, Filter]

  /** @internal Use `Count()`, `Sum('amount')` and the others. */
  constructor(
    readonly name: Name,
    /** @internal */
    readonly terms: AggregateTerms,
  ) {}
}

/**
 * How many records; with a field, how many that have a value there.
 *
 * @example
 * ```ts
 * import { Collection, Count, createConnection, Document, IntField, StringField, Sum } from 'surrealengine'
 *
 * @Collection('count_example')
 * class Order extends Document<Order>() {
 *   @StringField() kind?: string
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('kind').aggregate({ orders: Count(), paid: Count('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `kind`, `list0` AS `orders`, `list1` AS `paid` FROM (SELECT `kind` AS `key0`, count() AS `list0`, count(((`amount` != NONE) AND (`amount` != NULL))) AS `list1` FROM `count_example` GROUP BY `key0`)
 * ```
 */
export function Count(): Aggregate<'Count'>
export function Count<const Path extends string>(path: Path): Aggregate<'Count', Path>
export function Count(path?: string): Aggregate<'Count', string> {
  return new Aggregate('Count', path === undefined ? {} : { path })
}

/**
 * How many records there are for which a filter holds, or what `Q` made of filters.
 *
 * @example
 * ```ts
 * import { Collection, CountIf, Document, IntField } from 'surrealengine'
 *
 * @Collection('count_if_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ large: CountIf({ amount__gte: 100 }) }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, `list0` AS `large` FROM (SELECT `year` AS `key0`, count((`amount` >= $p0)) AS `list0` FROM `count_if_example` GROUP BY `key0`)
 * ```
 */
export function CountIf<const Filter extends object>(filter: Filter): Aggregate<'Count', never, Filter> {
  return new Aggregate('Count', { filter })
}

/**
 * The sum of the numbers; 0 when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Sum } from 'surrealengine'
 *
 * @Collection('sum_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ total: Sum('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, math::sum(array::flatten(`list0`)) AS `total` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `sum_example` GROUP BY `key0`)
 * ```
 */
export function Sum<const Path extends string>(path: Path): Aggregate<'Sum', Path> {
  return new Aggregate('Sum', { path })
}

/**
 * The sum of the numbers of those records for which a filter holds.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, SumIf } from 'surrealengine'
 *
 * @Collection('sum_if_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ large: SumIf('amount', { amount__gte: 100 }) }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, math::sum(array::flatten(`list0`)) AS `large` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` >= $p0) AND type::is_number(`amount`)) { [`amount`] } ELSE { [] })]) AS `list0` FROM `sum_if_example` GROUP BY `key0`)
 * ```
 */
export function SumIf<const Path extends string, const Filter extends object>(
  path: Path,
  filter: Filter,
): Aggregate<'Sum', Path, Filter> {
  return new Aggregate('Sum', { path, filter })
}

/**
 * The mean of the numbers; null when there is none.
 *
 * @example
 * ```ts
 * import { Avg, Collection, Document, IntField } from 'surrealengine'
 *
 * @Collection('avg_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ mean: Avg('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { math::mean(array::flatten(`list0`)) } ELSE { NULL }) AS `mean` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `avg_example` GROUP BY `key0`)
 * ```
 */
export function Avg<const Path extends string>(path: Path): Aggregate<'Avg', Path> {
  return new Aggregate('Avg', { path })
}

/**
 * The smallest value; null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Min } from 'surrealengine'
 *
 * @Collection('min_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ least: Min('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { array::min(array::flatten(`list0`)) } ELSE { NULL }) AS `least` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM `min_example` GROUP BY `key0`)
 * ```
 */
export function Min<const Path extends string>(path: Path): Aggregate<'Min', Path> {
  return new Aggregate('Min', { path })
}

/**
 * The largest value; null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Max } from 'surrealengine'
 *
 * @Collection('max_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ most: Max('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { array::max(array::flatten(`list0`)) } ELSE { NULL }) AS `most` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM `max_example` GROUP BY `key0`)
 * ```
 */
export function Max<const Path extends string>(path: Path): Aggregate<'Max', Path> {
  return new Aggregate('Max', { path })
}

/**
 * The number in the middle, or the mean of the two there; null when there is none. Reckoned with doubles.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Median } from 'surrealengine'
 *
 * @Collection('median_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ middle: Median('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { math::median(array::flatten(`list0`)) } ELSE { NULL }) AS `middle` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `median_example` GROUP BY `key0`)
 * ```
 */
export function Median<const Path extends string>(path: Path): Aggregate<'Median', Path> {
  return new Aggregate('Median', { path })
}

/**
 * The standard deviation of a sample; of a single number 0, null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, StdDev } from 'surrealengine'
 *
 * @Collection('std_dev_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ deviation: StdDev('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { math::stddev(array::flatten(`list0`)) } ELSE { NULL }) AS `deviation` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `std_dev_example` GROUP BY `key0`)
 * ```
 */
export function StdDev<const Path extends string>(path: Path): Aggregate<'StdDev', Path> {
  return new Aggregate('StdDev', { path })
}

/**
 * The variance of a sample; of a single number 0, null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Variance } from 'surrealengine'
 *
 * @Collection('variance_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ variance: Variance('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { math::variance(array::flatten(`list0`)) } ELSE { NULL }) AS `variance` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `variance_example` GROUP BY `key0`)
 * ```
 */
export function Variance<const Path extends string>(path: Path): Aggregate<'Variance', Path> {
  return new Aggregate('Variance', { path })
}

/**
 * The number that `percentage` percent of the numbers are below, between the two nearest ones where there is none; null
 * when there is no number at all. Reckoned with doubles.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Percentile } from 'surrealengine'
 *
 * @Collection('percentile_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ most: Percentile('amount', 95) }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { math::percentile(array::flatten(`list0`), $p0) } ELSE { NULL }) AS `most` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_number(`amount`) { [`amount`] } ELSE { [] })]) AS `list0` FROM `percentile_example` GROUP BY `key0`)
 * ```
 */
export function Percentile<const Path extends string>(path: Path, percentage: number): Aggregate<'Percentile', Path> {
  return new Aggregate('Percentile', { path, argument: percentage })
}

/**
 * Each value once, in the order in which they come first.
 *
 * @example
 * ```ts
 * import { Collection, Distinct, Document, IntField } from 'surrealengine'
 *
 * @Collection('distinct_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ amounts: Distinct('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, array::distinct(array::flatten(`list0`)) AS `amounts` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM `distinct_example` GROUP BY `key0`)
 * ```
 */
export function Distinct<const Path extends string>(path: Path): Aggregate<'Distinct', Path> {
  return new Aggregate('Distinct', { path })
}

/**
 * How many different values there are.
 *
 * @example
 * ```ts
 * import { Collection, DistinctCount, Document, IntField } from 'surrealengine'
 *
 * @Collection('distinct_count_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.groupBy('year').aggregate({ amounts: DistinctCount('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, array::len(array::distinct(array::flatten(`list0`))) AS `amounts` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM `distinct_count_example` GROUP BY `key0`)
 * ```
 */
export function DistinctCount<const Path extends string>(path: Path): Aggregate<'DistinctCount', Path> {
  return new Aggregate('DistinctCount', { path })
}

/**
 * All values, in the order of the queryset.
 *
 * @example
 * ```ts
 * import { ArrayCollect, Collection, Document, IntField } from 'surrealengine'
 *
 * @Collection('array_collect_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.orderBy('year').groupBy('year').aggregate({ amounts: ArrayCollect('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, array::flatten(`list0`) AS `amounts` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM (SELECT * FROM `array_collect_example` ORDER BY `year` ASC) GROUP BY `key0`)
 * ```
 */
export function ArrayCollect<const Path extends string>(path: Path): Aggregate<'ArrayCollect', Path> {
  return new Aggregate('ArrayCollect', { path })
}

/**
 * The texts as one, with a separator between them; null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, GroupConcat, IntField, StringField } from 'surrealengine'
 *
 * @Collection('group_concat_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @StringField() kind?: string
 * }
 * Order.objects.groupBy('year').aggregate({ kinds: GroupConcat('kind', ', ') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { array::join(array::flatten(`list0`), $p0) } ELSE { NULL }) AS `kinds` FROM (SELECT `year` AS `key0`, array::flatten([(IF type::is_string(`kind`) { [`kind`] } ELSE { [] })]) AS `list0` FROM `group_concat_example` GROUP BY `key0`)
 * ```
 */
export function GroupConcat<const Path extends string>(path: Path, separator = ','): Aggregate<'GroupConcat', Path> {
  return new Aggregate('GroupConcat', { path, argument: separator })
}

/**
 * The first value in the order of the queryset; null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, First, IntField } from 'surrealengine'
 *
 * @Collection('first_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.orderBy('year').groupBy('year').aggregate({ first: First('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { array::first(array::flatten(`list0`)) } ELSE { NULL }) AS `first` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM (SELECT * FROM `first_example` ORDER BY `year` ASC) GROUP BY `key0`)
 * ```
 */
export function First<const Path extends string>(path: Path): Aggregate<'First', Path> {
  return new Aggregate('First', { path })
}

/**
 * The last value in the order of the queryset; null when there is none.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Last } from 'surrealengine'
 *
 * @Collection('last_example')
 * class Order extends Document<Order>() {
 *   @IntField() year?: number
 *   @IntField() amount?: number
 * }
 * Order.objects.orderBy('year').groupBy('year').aggregate({ last: Last('amount') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT `key0` AS `year`, (IF (array::flatten(`list0`) != []) { array::last(array::flatten(`list0`)) } ELSE { NULL }) AS `last` FROM (SELECT `year` AS `key0`, array::flatten([(IF ((`amount` != NONE) AND (`amount` != NULL)) { [`amount`] } ELSE { [] })]) AS `list0` FROM (SELECT * FROM `last_example` ORDER BY `year` ASC) GROUP BY `key0`)
 * ```
 */
export function Last<const Path extends string>(path: Path): Aggregate<'Last', Path> {
  return new Aggregate('Last', { path })
}
