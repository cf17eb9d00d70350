import type { DateTime, Decimal, Duration, RecordId, Uuid } from '../../values.js'
import type { Condition } from '../condition.js'
import type { NameOf, RecordExpression, TypedExpression } from '../expressions/expression-types.js'
import type { CheckCondition, CheckInput, FieldName, FilterInput, ItemAt, PathName, ValueAt } from '../lookup-types.js'
import type { Made, PlainValues } from '../row-types.js'
import type { Aggregate, AggregateName } from './aggregate.js'

/** What `aggregate()` takes: aggregates by the names of their values. */
export type AggregateInput = Readonly<Record<string, Aggregate<AggregateName, string, unknown>>>

type Present<Value> = unknown extends Value ? unknown : NonNullable<Value>
type Numeric = number | bigint | Decimal
type Ordered = Numeric | string | Date | RecordId | Uuid | Duration | DateTime

/** What a mean of numbers is. */
type MeanOf<Value> = Value extends Decimal ? Decimal : number

/** What each aggregate gives of values of a type. */
interface Results<Value> {
  Count: number
  Sum: Value
  Avg: MeanOf<Value> | null
  Median: MeanOf<Value> | null
  StdDev: MeanOf<Value> | null
  Variance: MeanOf<Value> | null
  Percentile: MeanOf<Value> | null
  Min: Value | null
  Max: Value | null
  First: Value | null
  Last: Value | null
  Distinct: Value[]
  ArrayCollect: Value[]
  DistinctCount: number
  GroupConcat: string | null
}

/** The values that an aggregate takes, and the word for them. */
interface Operands {
  Sum: [Numeric, 'numbers']
  Avg: [Numeric, 'numbers']
  Median: [Numeric, 'numbers']
  StdDev: [Numeric, 'numbers']
  Variance: [Numeric, 'numbers']
  Percentile: [Numeric, 'numbers']
  Min: [Ordered, 'values that have an order']
  Max: [Ordered, 'values that have an order']
  GroupConcat: [string, 'text']
}

/** What an aggregate of a model's records gives. */
export type AggregateValue<Model, Given> =
  Given extends Aggregate<infer Name, infer Path, unknown> ? Results<Present<ValueAt<Model, Path>>>[Name] : never

/** The same of several aggregates, by their names. */
export type AggregateValues<Model, Given> = { -readonly [Name in keyof Given]: AggregateValue<Model, Given[Name]> }

/** What the values at a path give, by an aggregate's name. */
export type ValueOf<Model, Name extends AggregateName, Path extends string> = AggregateValue<
  Model,
  Aggregate<Name, Path>
>

/** The message a compiler shows for an aggregate that is wrong. */
interface AggregateError<Message extends string> {
  readonly 'aggregate error': Message
}

/** Each aggregate that was written, or the reason why it is wrong. */
export type CheckAggregates<Model, Given> = {
  readonly [Name in keyof Given]: Name extends `${string}__${string}`
    ? AggregateError<`'${Name}' has two underscores in it, which are for the paths of filters`>
    : Given[Name] extends Aggregate<infer Kind, infer Path, infer Filter>
      ? CheckAggregate<Model, Given[Name], [Kind, Path, Filter]>
      : AggregateError<'this is no aggregate'>
}

type CheckAggregate<Model, Given, Parts extends [AggregateName, string, unknown]> = [
  CheckOperand<Model, Parts[0], Parts[1]>,
] extends [Parts[1]]
  ? [Parts[2]] extends [never]
    ? Given
    : Given & CheckCondition<Model, FiltersIn<Parts[2]>>
  : CheckOperand<Model, Parts[0], Parts[1]>

type FiltersIn<Filter> = Filter extends Condition<infer Filters> ? Filters : Filter

/** The path that was written, or the reason why an aggregate does not take its values. */
export type CheckOperand<Model, Name extends AggregateName, Path extends string> = [Path] extends [never]
  ? never
  : CheckValue<ValueAt<Model, Path>, Name, Path>

type CheckValue<Value, Name extends AggregateName, Path extends string> = [Value] extends [never]
  ? AggregateError<`'${Path}' is no field, and no path to one`>
  : Name extends keyof Operands
    ? Present<Value> extends Operands[Name][0]
      ? Path
      : unknown extends Value
        ? Path
        : AggregateError<`${Name} takes ${Operands[Name][1]}, and '${Path}' has others`>
    : Path

/** What `annotate()` takes: paths, aggregates of lists, and expressions as `where()` has them, by the names they get. */
export type AnnotationInput<Model> = Readonly<
  Record<
    string,
    | string
    | Aggregate<AggregateName, string>
    | TypedExpression<unknown>
    | ((record: RecordExpression<Model>) => TypedExpression<unknown>)
  >
>

/** What is made of each record, by its name. */
export type AnnotationValues<Model, Given> = { readonly [Name in keyof Given]: AnnotationValue<Model, Given[Name]> }

/** A model whose records come with values of their own: the compiler knows those by their names. */
export type Annotated<Model, Given> = Model & AnnotationValues<Model, Given> & Made<keyof Given & string>

type AnnotationValue<Model, Given> = Given extends string
  ? ValueAt<Model, Given>
  : Given extends Aggregate<infer Name, infer Path, unknown>
    ? Results<Present<ItemAt<Model, Path>>>[Name]
    : Given extends (record: never) => infer Made
      ? MadeValue<Made>
      : MadeValue<Given>

/** An expression gives none where what it is made of is missing; what `F` names has no type before it is used. */
type MadeValue<Made> = [NameOf<Made>] extends [never]
  ? Made extends TypedExpression<infer Value>
    ? Value | null | undefined
    : never
  : unknown

/** Each value that was written, or the reason why it is wrong. */
type CheckAnnotations<Model, Given> = {
  readonly [Name in keyof Given]: Name extends `${string}__${string}`
    ? AggregateError<`'${Name}' has two underscores in it, which are for the paths of filters`>
    : Name extends FieldName<Model>
      ? AggregateError<`'${Name}' is a field`>
      : Name extends keyof Model & string
        ? AggregateError<`'${Name}' is a method or a getter of the model`>
        : CheckAnnotation<Model, Given[Name]>
}

/** What is wrong, of all that was written; nothing when it is right, so that functions in it know what they are given. */
export type WrongAnnotations<Model, Given, Checked = CheckAnnotations<Model, Given>> = [WrongIn<Checked>] extends [
  never,
]
  ? unknown
  : WrongIn<Checked>

type WrongIn<Checked> = {
  [Name in keyof Checked]: Checked[Name] extends AggregateError<string> ? Checked[Name] : never
}[keyof Checked]

type CheckAnnotation<Model, Given> = Given extends string
  ? CheckValue<ValueAt<Model, Given>, 'Count', Given>
  : Given extends Aggregate<infer Name, infer Path, unknown>
    ? [Path] extends [never]
      ? AggregateError<'inside of a record, an aggregate takes a list'>
      : [ItemAt<Model, Path>] extends [never]
        ? AggregateError<`'${Path}' is neither a list nor a field of a list's items`>
        : CheckValue<ItemAt<Model, Path>, Name, Path> extends Path
          ? Given
          : CheckValue<ItemAt<Model, Path>, Name, Path>
    : [NameOf<Given>] extends [never]
      ? Given
      : CheckValue<ValueAt<Model, NameOf<Given>>, 'Count', NameOf<Given>> extends string
        ? Given
        : CheckValue<ValueAt<Model, NameOf<Given>>, 'Count', NameOf<Given>>

/** A path whose values are aggregated, to be checked with {@link CheckOperand}. */
export type OperandName<Model> = PathName<Model>

/** A row of `groupBy('kind')`. */
export type GroupRow<Model, Paths extends string> = PlainValues<Model, Paths>

/** Rows with names such as `address__city`, as a model that filters can ask by their paths. */
type Nested<Row> = {
  [Head in HeadOf<keyof Row & string>]: Head extends keyof Row ? Row[Head] : Nested<Below<Row, Head>>
}
type HeadOf<Name extends string> = Name extends `${infer Head}__${string}` ? Head : Name
type Below<Row, Head extends string> = {
  [Name in keyof Row & string as Name extends `${Head}__${infer Rest}` ? Rest : never]: Row[Name]
}

/** What `having()` takes. */
export type HavingInput<Row> = FilterInput<Nested<Row>>

/** The filter that was written, with what is wrong in it. */
export type CheckHaving<Row, Filter> = CheckInput<Nested<Row>, Filter>

/** A term of `orderBy` for groups: the name of a column, with `-` in front for descending. */
export type ColumnTerm<Row> = FieldName<Row> | `-${FieldName<Row>}`
