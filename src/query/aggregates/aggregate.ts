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

/** How many records there are for which a filter holds, or what `Q` made of filters. */
export function CountIf<const Filter extends object>(filter: Filter): Aggregate<'Count', never, Filter> {
  return new Aggregate('Count', { filter })
}

/** The sum of the numbers; 0 when there is none. */
export function Sum<const Path extends string>(path: Path): Aggregate<'Sum', Path> {
  return new Aggregate('Sum', { path })
}

/** The sum of the numbers of those records for which a filter holds. */
export function SumIf<const Path extends string, const Filter extends object>(
  path: Path,
  filter: Filter,
): Aggregate<'Sum', Path, Filter> {
  return new Aggregate('Sum', { path, filter })
}

/** The mean of the numbers; null when there is none. */
export function Avg<const Path extends string>(path: Path): Aggregate<'Avg', Path> {
  return new Aggregate('Avg', { path })
}

/** The smallest value; null when there is none. */
export function Min<const Path extends string>(path: Path): Aggregate<'Min', Path> {
  return new Aggregate('Min', { path })
}

/** The largest value; null when there is none. */
export function Max<const Path extends string>(path: Path): Aggregate<'Max', Path> {
  return new Aggregate('Max', { path })
}

/** The number in the middle, or the mean of the two there; null when there is none. Reckoned with doubles. */
export function Median<const Path extends string>(path: Path): Aggregate<'Median', Path> {
  return new Aggregate('Median', { path })
}

/** The standard deviation of a sample; of a single number 0, null when there is none. */
export function StdDev<const Path extends string>(path: Path): Aggregate<'StdDev', Path> {
  return new Aggregate('StdDev', { path })
}

/** The variance of a sample; of a single number 0, null when there is none. */
export function Variance<const Path extends string>(path: Path): Aggregate<'Variance', Path> {
  return new Aggregate('Variance', { path })
}

/**
 * The number that `percentage` percent of the numbers are below, between the two nearest ones where there is none; null
 * when there is no number at all. Reckoned with doubles.
 */
export function Percentile<const Path extends string>(path: Path, percentage: number): Aggregate<'Percentile', Path> {
  return new Aggregate('Percentile', { path, argument: percentage })
}

/** Each value once, in the order in which they come first. */
export function Distinct<const Path extends string>(path: Path): Aggregate<'Distinct', Path> {
  return new Aggregate('Distinct', { path })
}

/** How many different values there are. */
export function DistinctCount<const Path extends string>(path: Path): Aggregate<'DistinctCount', Path> {
  return new Aggregate('DistinctCount', { path })
}

/** All values, in the order of the queryset. */
export function ArrayCollect<const Path extends string>(path: Path): Aggregate<'ArrayCollect', Path> {
  return new Aggregate('ArrayCollect', { path })
}

/** The texts as one, with a separator between them; null when there is none. */
export function GroupConcat<const Path extends string>(path: Path, separator = ','): Aggregate<'GroupConcat', Path> {
  return new Aggregate('GroupConcat', { path, argument: separator })
}

/** The first value in the order of the queryset; null when there is none. */
export function First<const Path extends string>(path: Path): Aggregate<'First', Path> {
  return new Aggregate('First', { path })
}

/** The last value in the order of the queryset; null when there is none. */
export function Last<const Path extends string>(path: Path): Aggregate<'Last', Path> {
  return new Aggregate('Last', { path })
}
