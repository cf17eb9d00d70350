import type { DateTime, Geometry, GeometryPoint, RecordId, RecordKey } from '../values.js'
import type { Condition } from './condition.js'
import type { CustomLookups, CustomTransforms } from './expressions/custom-types.js'
import type { NameOf, TypedExpression } from './expressions/expression-types.js'
import type { FieldName, IsDict, IsNested, Items, Linked, Ordered, Present } from './value-types.js'

export type { FieldName } from './value-types.js'

/** What the `id` of a model can be asked for: the whole record id, or its key. */
type Asked<Name extends string, Value> = Name extends 'id' ? RecordId | RecordKey : Value

interface EqualityLookups<Value> {
  exact: Value | null
  ne: Value | null
  in: readonly Value[]
  nin: readonly Value[]
  inside: readonly Value[]
  isnull: boolean
}
interface OrderLookups<Value> {
  gt: Value
  gte: Value
  lt: Value
  lte: Value
  between: readonly [from: Value, to: Value]
}
interface StringLookups {
  contains: string
  startswith: string
  endswith: string
  iexact: string
  icontains: string
  istartswith: string
  iendswith: string
  regex: RegExp | string
}
interface ElementLookups<Element> {
  contains: Element
  containsany: readonly Element[]
  containsall: readonly Element[]
  containsnone: readonly Element[]
}
/** What geometries can be asked; `inside` is `within` here, and no list. */
interface GeometryLookups<Value> extends Omit<EqualityLookups<Value>, 'inside'> {
  within: Geometry
  inside: Geometry
  contains: Geometry
  intersects: Geometry
}
type FromPoint = readonly [point: GeometryPoint | readonly [longitude: number, latitude: number], metres: number]
interface PointLookups {
  distancelt: FromPoint
  distancelte: FromPoint
  distancegt: FromPoint
  distancegte: FromPoint
}
interface DictLookups {
  haskey: string
}
type LookupsOf<Value> = ([Value] extends [Geometry]
  ? GeometryLookups<Value> & (GeometryPoint extends Value ? PointLookups : unknown)
  : EqualityLookups<Value>) &
  (Value extends Ordered ? OrderLookups<Value> : unknown) &
  (Value extends string ? StringLookups : unknown) &
  (Value extends Items<infer Element> ? ElementLookups<Element> : unknown) &
  CustomLookups<Value>

/** An id has an order, whatever its key is. */
type IdLookups = EqualityLookups<RecordId | RecordKey> & OrderLookups<RecordId | RecordKey>

/** What a filter may give for `Key`; never when there is no such field or lookup. */
type ValueFor<Model, Key extends string> =
  Key extends FieldName<Model>
    ? Asked<Key, Present<Model[Key]>> | null
    : Key extends `${infer Name}__${infer Rest}`
      ? Name extends 'id'
        ? LookupValue<IdLookups, Rest>
        : Name extends FieldName<Model>
          ? ValueInside<Present<Model[Name]>, Rest>
          : never
      : never

/** The same of what is behind a field's name. Of a value that may be anything, anything can be asked. */
type ValueInside<Value, Rest extends string> = unknown extends Value
  ? unknown
  : IsDict<Value> extends true
    ? Either<LookupValue<DictLookups & EqualityLookups<Value>, Rest>, ValueBehind<Value, Rest>>
    : IsNested<Value> extends true
      ? Either<ValueFor<Linked<Value>, Rest>, LookupValue<LookupsOf<Value>, Rest>>
      : Either<LookupValue<LookupsOf<Value>, Rest>, Either<ValueBehind<Value, Rest>, ValueOfItems<Value, Rest>>>

type Either<First, Second> = [First] extends [never] ? Second : First
type LookupValue<Lookups, Name extends string> = Name extends keyof Lookups ? Lookups[Name] : never

/** Of a value that is made of this one, or is in it: `name__len__gte`, `tags__0`. */
type ValueBehind<Value, Rest extends string> = Rest extends `${infer Step}__${infer More}`
  ? [StepValue<Value, Step>] extends [never]
    ? never
    : ValueInside<StepValue<Value, Step>, More>
  : Nullable<StepValue<Value, Rest>>

type Nullable<Value> = [Value] extends [never] ? never : Value | null

/** Of a field that the items of a list have: `homes__city`. */
type ValueOfItems<Value, Rest extends string> =
  Value extends Items<infer Item> ? (IsNested<Item> extends true ? ValueFor<Linked<Item>, Rest> : never) : never

type MomentPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'week' | 'weekday' | 'yearday'

/** The value that one step inside a value leads to: a part of it, or something made of it; never when there is none. */
type StepValue<Value, Step extends string> = Step extends keyof CustomTransforms<Value>
  ? CustomTransforms<Value>[Step]
  : OwnStepValue<Value, Step>

type OwnStepValue<Value, Step extends string> =
  IsDict<Value> extends true
    ? Step extends 'len'
      ? number
      : Present<Linked<Value>[keyof Linked<Value>]>
    : Value extends string | Uint8Array
      ? Step extends 'len'
        ? number
        : never
      : Value extends Date | DateTime
        ? Step extends MomentPart
          ? number
          : never
        : Value extends Items<infer Item>
          ? ItemsStep<Value, Present<Item>, Step>
          : never

type ItemsStep<Value, Item, Step extends string> = Step extends 'len'
  ? number
  : Step extends 'any' | 'all'
    ? Item
    : Step extends `${number}`
      ? Value extends readonly unknown[]
        ? Item
        : never
      : never

/** The type of what stands at a path: `address__city`, `tags__0`, `name__len`; never when there is nothing. */
export type ValueAt<Model, Path extends string> =
  Path extends FieldName<Model>
    ? Model[Path]
    : Path extends `${infer Name}__${infer Rest}`
      ? Name extends FieldName<Model>
        ? ValueWithin<Present<Model[Name]>, Rest>
        : never
      : never

/** The type of the items of a list at a path, or of what is at a path behind them: `tags`, `items__price`; never when there is no list. */
export type ItemAt<Model, Path extends string> =
  Path extends FieldName<Model>
    ? Present<Model[Path]> extends Items<infer Item>
      ? Item
      : never
    : Path extends `${infer Name}__${infer Rest}`
      ? Name extends FieldName<Model>
        ? Present<Model[Name]> extends Items<infer Item>
          ? ValueAt<Linked<Item>, Rest>
          : IsNested<Model[Name]> extends true
            ? ItemAt<Linked<Model[Name]>, Rest>
            : never
        : never
      : never

type ValueWithin<Value, Rest extends string> = unknown extends Value
  ? unknown
  : IsDict<Value> extends true
    ? ValueBeyond<Value, Rest>
    : IsNested<Value> extends true
      ? Optional<ValueAt<Linked<Value>, Rest>>
      : ValueBeyond<Value, Rest>

type ValueBeyond<Value, Rest extends string> = Rest extends `${infer Step}__${infer More}`
  ? [SingleStep<Value, Step>] extends [never]
    ? never
    : ValueWithin<SingleStep<Value, Step>, More>
  : Optional<SingleStep<Value, Rest>>

type SingleStep<Value, Step extends string> = Step extends 'any' | 'all' ? never : StepValue<Value, Step>
type Optional<Value> = [Value] extends [never] ? never : Value | undefined

/** The word for a type in messages. */
type Word<Value> = [Value] extends [boolean]
  ? 'true or false'
  : [Value] extends [number | bigint]
    ? 'a number'
    : [Value] extends [string]
      ? 'a string of its type'
      : [Value] extends [Date]
        ? 'a Date'
        : [Value] extends [readonly unknown[]]
          ? 'a list'
          : 'a value of its type'

/** The message a compiler shows for a key or value that is wrong. */
interface FilterError<Message extends string> {
  readonly 'filter error': Message
}

type ErrorFor<Model, Key extends string> = Key extends `${infer Name}__${infer Rest}`
  ? Name extends FieldName<Model>
    ? FilterError<`'${Rest}' is neither a field inside '${Name}' nor a lookup of it`>
    : FilterError<`unknown field '${Name}'`>
  : FilterError<`unknown field '${Key}'`>

type Inner<Model, Name extends FieldName<Model>> =
  IsNested<Model[Name]> extends true ? `${Name}__${FieldName<Linked<Model[Name]>>}` : never

/** A field, or a field of an embedded or linked document: `address__city`. Longer paths are there, but not listed. */
export type FieldPath<Model> = FieldName<Model> | { [Name in FieldName<Model>]: Inner<Model, Name> }[FieldName<Model>]

/** Lets an editor list the names it knows, and the compiler take others, which are checked. */
type OrOther<Names extends string> = Names | (string & {})

/** A path to a field, to be checked with {@link CheckPaths}. */
export type PathName<Model> = OrOther<FieldPath<Model>>

/** A term of `orderBy`: a path, with `-` in front for descending; to be checked with {@link CheckPaths}. */
export type OrderTerm<Model> = OrOther<FieldPath<Model> | `-${FieldPath<Model>}`>

/** Each path that was written, or the reason why it is wrong. */
export type CheckPaths<Model, Paths extends readonly unknown[]> = {
  readonly [Index in keyof Paths]: Paths[Index] extends string ? CheckPath<Model, Paths[Index]> : Paths[Index]
}

type CheckPath<Model, Path extends string> = [ValueAt<Model, Bare<Path>>] extends [never]
  ? FilterError<`'${Bare<Path>}' is no field, and no path to one`>
  : Path

/** A term of an order without its sign. */
export type Bare<Path extends string> = Path extends `-${infer Name}` ? Name : Path

/** The keys an editor offers for a filter; `CheckFilter` then checks the keys that were written. */
type FilterKeys<Model> = { readonly [Key in FieldPath<Model>]?: unknown } & { readonly [key: string]: unknown }

/** What `filter()` and `exclude()` take. */
export type FilterInput<Model> = FilterKeys<Model> | Condition<unknown>

/** Each key that was written, with the value it takes, or with the reason why it is wrong; the same of each filter in a condition. */
export type CheckInput<Model, Input> = {
  readonly [Key in keyof Input]: Input extends Condition<infer Filters>
    ? Input[Key] & CheckCondition<Model, Filters>
    : Key extends string
      ? CheckTerm<Model, Key, Input[Key]>
      : never
}

/** What is wrong with the filters of a condition; nothing when they are right. */
export type CheckCondition<Model, Filters> = [WrongTerms<Model, Filters>] extends [never]
  ? unknown
  : WrongTerms<Model, Filters>

type WrongTerms<Model, Filters> = Filters extends unknown
  ? Extract<CheckInput<Model, Filters>[keyof Filters], FilterError<string>>
  : never

/** A list may be given readonly. */
type Given<Value> = Value extends readonly (infer Item)[] ? readonly Given<Item>[] : Value

type CheckTerm<Model, Key extends string, Value> = [ValueFor<Model, Key>] extends [never]
  ? ErrorFor<Model, Key>
  : [NameOf<Value>] extends [never]
    ? CheckValue<Model, Key, Value>
    : CheckExpression<Model, Value>

/** An expression of a field: the field has to be there. */
type CheckExpression<Model, Value> = [ValueAt<Model, NameOf<Value>>] extends [never]
  ? FilterError<`'${NameOf<Value>}' is no field, and no path to one`>
  : Value

/** A value, an expression of such values, or, where it takes a list, a list of those. */
type OrExpression<Value> =
  | Value
  | TypedExpression<Value>
  | (Value extends readonly (infer Item)[] ? readonly (Item | TypedExpression<Item>)[] : never)

type CheckValue<Model, Key extends string, Value> =
  Value extends OrExpression<Given<ValueFor<Model, Key>>>
    ? OrExpression<Given<ValueFor<Model, Key>>>
    : FilterError<`'${Key}' takes ${Word<Present<ValueFor<Model, Key>>>}`>

/** The fields `update()` may be given. */
export type UpdateFields<Model> = {
  readonly [Name in Exclude<FieldName<Model>, 'id'>]?:
    Model[Name] | TypedExpression<Present<Model[Name]>> | null | undefined
}
