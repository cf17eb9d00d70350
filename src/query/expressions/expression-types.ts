import type { FieldDecorator } from '../../fields/field-decorator.js'
import type { Geometry, RecordId, RecordKey, Uuid } from '../../values.js'
import type { DateTime, Decimal, Duration } from '../../values.js'
import type { FieldName, IsDict, IsNested, Items, Linked, Ordered, Present } from '../value-types.js'
import type { CustomLookups, CustomTransforms } from './custom-types.js'
import type { bytesFunctions } from './functions/bytes-functions.js'
import type { durationFunctions } from './functions/duration-functions.js'
import type { FunctionEntry, ValueKind } from './functions/function-table.js'
import type { geometryFunctions } from './functions/geometry-functions.js'
import type { hashFunctions } from './functions/hash-functions.js'
import type { listFunctions, numbersFunctions } from './functions/list-functions.js'
import type { momentFunctions } from './functions/moment-functions.js'
import type { numberFunctions } from './functions/number-functions.js'
import type { objectFunctions } from './functions/object-functions.js'
import type { recordFunctions } from './functions/record-functions.js'
import type { setFunctions } from './functions/set-functions.js'
import type { textFunctions } from './functions/text-functions.js'
import type { typeFunctions, valueFunctions } from './functions/type-functions.js'
import type { vectorFunctions } from './functions/vector-functions.js'

/** For the compiler alone: what an expression is worth. */
declare const VALUE: unique symbol
/** For the compiler alone: the name of an expression that belongs to no model yet. */
declare const NAME: unique symbol

/** An expression that gives a value of this type, or none. */
export interface TypedExpression<out Value> {
  readonly [VALUE]: Value
}

/** For the compiler alone: a term of an order. */
declare const DESCENDING: unique symbol

/** What `desc()` makes of an expression: a term of an order, and nothing else. */
export interface DescendingExpression {
  readonly [DESCENDING]: true
}

/** What a method takes: a value, or an expression of such values. */
export type Operand<Value> = Value | TypedExpression<Value>

type NumberLike = number | bigint | Decimal

/** `'a'` as any text: what a literal gives is compared with others. */
export type WidenedValue<Value> = [Value] extends [string]
  ? string
  : [Value] extends [number]
    ? number
    : [Value] extends [boolean]
      ? boolean
      : Present<Value>

type ElementOf<Value> =
  Value extends Items<infer Element>
    ? Present<Element>
    : IsDict<Value> extends true
      ? Present<Value[keyof Value]>
      : unknown

/** The type of each kind, where the method is one of `Value`. */
interface KindTypes<Value> {
  text: string
  number: [Value] extends [Decimal] ? Decimal : number
  whole: number
  boolean: boolean
  moment: Date
  duration: Duration
  geometry: Geometry
  uuid: Uuid
  record: RecordId
  bytes: Uint8Array
  texts: string[]
  numbers: number[]
  same: Value
  element: ElementOf<Value>
  elements: ElementOf<Value>[]
  set: Set<ElementOf<Value>>
  any: unknown
}

/** What may be given where a kind is asked for: any number for a number, any form of moment for a moment. */
interface GivenTypes<Value> extends Omit<KindTypes<Value>, 'number' | 'moment' | 'elements' | 'texts' | 'set'> {
  number: NumberLike
  moment: Date | DateTime
  elements: readonly ElementOf<Value>[]
  texts: readonly string[]
  set: ReadonlySet<ElementOf<Value>>
}

type Given<Kind, Value> = Kind extends ValueKind ? Operand<GivenTypes<Value>[Kind]> : never

type Arguments<Takes, Value> = Takes extends readonly [infer First, ...infer Others]
  ? First extends `...${infer Kind}`
    ? readonly Given<Kind, Value>[]
    : First extends `${infer Kind}?`
      ? readonly [given?: Given<Kind, Value>, ...others: Arguments<Others, Value>]
      : readonly [given: Given<First, Value>, ...others: Arguments<Others, Value>]
  : readonly []

type Result<Gives, Value> = Gives extends `${infer Kind}?`
  ? Result<Kind, Value>
  : Gives extends ValueKind
    ? ExpressionOf<KindTypes<Value>[Gives]>
    : never

/** The methods of a table. */
type FunctionMethods<Table, Value> = {
  readonly [Name in keyof Table]: Table[Name] extends FunctionEntry
    ? (...given: Arguments<Table[Name]['takes'], Value>) => Result<Table[Name]['gives'], Value>
    : never
}

/** An expression that is true or false. */
export type BooleanExpression = ExpressionOf<boolean>

interface EqualityMethods<Value> {
  /** Equal to a value; of two expressions, none may be missing. `null` finds NULL. */
  eq(other: Operand<Value> | null): BooleanExpression
  /** Not equal: also where the value is missing. */
  ne(other: Operand<Value> | null): BooleanExpression
  in(values: readonly Operand<Value>[] | TypedExpression<Items<Value>>): BooleanExpression
  nin(values: readonly Operand<Value>[] | TypedExpression<Items<Value>>): BooleanExpression
  /** Whether there is no value, or NULL. */
  isNull(wanted?: boolean): BooleanExpression
  /** This value, or another one where it is missing. */
  coalesce(other: Operand<Value>): ExpressionOf<Value>
  /** In `orderBy()`: the largest first. */
  desc(): DescendingExpression
  /** The same value as one of another field: `u.anything.as(StringField())`. */
  as<Other>(field: FieldDecorator<Other>): ExpressionOf<Other>
}

interface OrderMethods<Value> {
  gt(other: Operand<Value>): BooleanExpression
  gte(other: Operand<Value>): BooleanExpression
  lt(other: Operand<Value>): BooleanExpression
  lte(other: Operand<Value>): BooleanExpression
  /** From and to, both included. */
  between(from: Operand<Value>, to: Operand<Value>): BooleanExpression
}

interface TextMethods {
  contains(part: Operand<string>): BooleanExpression
  startsWith(part: Operand<string>): BooleanExpression
  endsWith(part: Operand<string>): BooleanExpression
  /** The same text, whatever the case of the letters. */
  iExact(other: Operand<string>): BooleanExpression
  iContains(part: Operand<string>): BooleanExpression
  iStartsWith(part: Operand<string>): BooleanExpression
  iEndsWith(part: Operand<string>): BooleanExpression
  matches(pattern: RegExp | Operand<string>): BooleanExpression
}

interface BooleanMethods {
  and(...others: readonly TypedExpression<boolean>[]): BooleanExpression
  or(...others: readonly TypedExpression<boolean>[]): BooleanExpression
  not(): BooleanExpression
}

interface ItemsMethods<Element> {
  contains(element: Operand<Element>): BooleanExpression
  containsAny(elements: readonly Operand<Element>[] | TypedExpression<Items<Element>>): BooleanExpression
  containsAll(elements: readonly Operand<Element>[] | TypedExpression<Items<Element>>): BooleanExpression
  containsNone(elements: readonly Operand<Element>[] | TypedExpression<Items<Element>>): BooleanExpression
  /** Whether a condition holds for one item at least. */
  any(ask: (item: ExpressionOf<Element>) => TypedExpression<boolean>): BooleanExpression
  /** Whether a condition holds for every item; true of an empty list, and of a missing one. */
  all(ask: (item: ExpressionOf<Element>) => TypedExpression<boolean>): BooleanExpression
}

interface ListMethods<Element> {
  /** The item at a place, counted from 0; from the end when it is negative. */
  at(place: number): ExpressionOf<Element>
}

interface DictMethods<Element> {
  hasKey(key: Operand<string>): BooleanExpression
  /** The value under a key. */
  at(key: string): ExpressionOf<Element>
}

type CustomMethods<Value> = {
  readonly [
    Name in keyof CustomLookups<Value> & string as [CustomLookups<Value>[Name]] extends [never] ? never : Name
  ]: (given: Operand<CustomLookups<Value>[Name]>) => BooleanExpression
} & {
  readonly [
    Name in keyof CustomTransforms<Value> & string as [CustomTransforms<Value>[Name]] extends [never] ? never : Name
  ]: () => ExpressionOf<CustomTransforms<Value>[Name]>
}

type MethodsOfItems<Value, Element> = ItemsMethods<Element> &
  (Value extends readonly unknown[]
    ? ListMethods<Element> & FunctionMethods<typeof listFunctions, Value> & MethodsOfNumbers<Value, Element>
    : FunctionMethods<typeof setFunctions, Value>)

type MethodsOfNumbers<Value, Element> = [Element] extends [NumberLike]
  ? FunctionMethods<typeof numbersFunctions & typeof vectorFunctions, Value>
  : unknown

/** What the values of one family have. */
type FamilyMethods<Value> = [Value] extends [string]
  ? TextMethods & FunctionMethods<typeof textFunctions & typeof hashFunctions, Value>
  : [Value] extends [boolean]
    ? BooleanMethods
    : [Value] extends [NumberLike]
      ? FunctionMethods<typeof numberFunctions, Value>
      : [Value] extends [Date | DateTime]
        ? FunctionMethods<typeof momentFunctions, Value>
        : [Value] extends [Duration]
          ? FunctionMethods<typeof durationFunctions, Value>
          : [Value] extends [Geometry]
            ? FunctionMethods<typeof geometryFunctions, Value>
            : [Value] extends [Uint8Array]
              ? FunctionMethods<typeof bytesFunctions, Value>
              : [Value] extends [Items<infer Element>]
                ? MethodsOfItems<Value, Present<Element>>
                : MethodsOfObjects<Value>

type MethodsOfObjects<Value> =
  IsDict<Value> extends true
    ? DictMethods<ElementOf<Value>> & FunctionMethods<typeof objectFunctions, Value>
    : [RecordId] extends [Value]
      ? [Value] extends [RecordId | object]
        ? FunctionMethods<typeof recordFunctions, Value>
        : unknown
      : IsNested<Value> extends true
        ? FunctionMethods<typeof objectFunctions, Value>
        : unknown

type MethodsOf<Value> = EqualityMethods<Value> &
  ([Value] extends [Ordered | RecordKey] ? OrderMethods<Value> : unknown) &
  FamilyMethods<Value> &
  FunctionMethods<typeof typeFunctions & typeof valueFunctions, Value> &
  CustomMethods<Value>

/** The fields come before the methods: of a field that is called as a method is, only the field can be named. */
type NestedExpression<Value, Model> = RecordExpression<Model> & Omit<MethodsOf<Value>, FieldName<Model>>

/**
 * A value inside a query, with the fields inside it and the methods that its type has. A field that is called as a method
 * is hides that method.
 */
export type ExpressionOf<Value> = TypedExpression<Present<Value>> & ExpressionOfPresent<Present<Value>>

type ExpressionOfPresent<Value> = unknown extends Value
  ? MethodsOf<unknown>
  : IsDict<Value> extends true
    ? MethodsOf<Value>
    : IsNested<Value> extends true
      ? NestedExpression<Value, Linked<Value>>
      : MethodsOf<Value>

/** The fields of a record as expressions. */
export type RecordExpression<Model> = {
  readonly [Name in FieldName<Model>]-?: ExpressionOf<Name extends 'id' ? RecordId | RecordKey : Model[Name]>
}

type FunctionName = keyof (typeof textFunctions &
  typeof hashFunctions &
  typeof numberFunctions &
  typeof momentFunctions &
  typeof durationFunctions &
  typeof listFunctions &
  typeof numbersFunctions &
  typeof vectorFunctions &
  typeof setFunctions &
  typeof objectFunctions &
  typeof geometryFunctions &
  typeof recordFunctions &
  typeof bytesFunctions &
  typeof typeFunctions &
  typeof valueFunctions)

type ComparisonName = keyof (EqualityMethods<unknown> &
  OrderMethods<unknown> &
  TextMethods &
  Omit<ItemsMethods<unknown>, 'any' | 'all'> &
  DictMethods<unknown>)

/**
 * An expression of a field that belongs to no model yet: what it is called on, and what it is given, is checked where it is
 * used.
 */
export type FieldExpression<Name extends string> = TypedExpression<never> & {
  readonly [NAME]: Name
} & {
  readonly [Method in FunctionName | Exclude<ComparisonName, 'as'>]: (
    ...given: readonly unknown[]
  ) => FieldExpression<Name>
} & {
  readonly [Method in keyof BooleanMethods]: (...others: readonly TypedExpression<boolean>[]) => FieldExpression<Name>
} & { as<Value>(field: FieldDecorator<Value>): FieldExpression<Name> }

/** The name in an expression that belongs to no model yet; never for others. */
export type NameOf<Expression> = Expression extends FieldExpression<infer Name> ? Name : never
