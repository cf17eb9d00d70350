import type {
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  Range,
  RecordId,
  RecordKey,
  Table,
  Uuid,
} from '../values.js'

/** Values without fields of their own. */
type Scalar =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | RegExp
  | RecordId
  | Uuid
  | Decimal
  | Duration
  | DateTime
  | Geometry
  | ReadonlySet<unknown>
  | Table
  | FileRef
  | Range<unknown, unknown>
/** Values that come one after the other. */
type Ordered = number | bigint | string | Date | RecordId | Uuid | Decimal | Duration | DateTime
type Present<Value> = NonNullable<Value>
type Method = (...values: never[]) => unknown
/** Members of every document that are no fields. */
type DocumentMember = 'isNew' | 'isDirty'

/** The names of a model's fields, `id` included. */
export type FieldName<Model> = {
  [Name in keyof Model & string]: Name extends DocumentMember
    ? never
    : Present<Model[Name]> extends Method
      ? never
      : Name
}[keyof Model & string]

/** The document behind a link, or the value itself. */
type Linked<Value> = Exclude<Present<Value>, RecordId>
/** Fields that have fields: embedded documents and links. */
type IsNested<Value> =
  Linked<Value> extends never
    ? false
    : Linked<Value> extends Scalar | readonly unknown[]
      ? false
      : Linked<Value> extends object
        ? true
        : false

/** What the `id` of a model can be asked for: the whole record id, or its key. */
type Asked<Name extends string, Value> = Name extends 'id' ? RecordId | RecordKey : Value

type EqualityLookups<Value> = { exact: Value | null; ne: Value | null; in: readonly Value[]; isnull: boolean }
type OrderLookups<Value> = { gt: Value; gte: Value; lt: Value; lte: Value }
type StringLookups = { contains: string; startswith: string }
type LookupsOf<Value> = EqualityLookups<Value> &
  (Value extends Ordered ? OrderLookups<Value> : unknown) &
  (Value extends string ? StringLookups : unknown) &
  (Value extends readonly (infer Element)[] | ReadonlySet<infer Element> ? { contains: Element } : unknown)

/** An id has an order, whatever its key is. */
type LookupsFor<Name extends string, Value> = Name extends 'id'
  ? EqualityLookups<RecordId | RecordKey> & OrderLookups<RecordId | RecordKey>
  : LookupsOf<Value>

/** What a filter may give for `Key`; never when there is no such field or lookup. */
type ValueFor<Model, Key extends string> = string extends keyof Model
  ? ValueForKey<Model, Key>
  : Key extends FieldName<Model>
    ? Asked<Key, Present<Model[Key]>> | null
    : Key extends `${infer Name}__${infer Rest}`
      ? Name extends FieldName<Model>
        ? InnerValueFor<Model, Name, Rest>
        : never
      : never

/** The same of an object that may have any key. */
type ValueForKey<Model, Key extends string> = Key extends `${infer Name}__${infer Rest}`
  ? InnerValueFor<Model, Name & keyof Model & string, Rest>
  : unknown extends Model[Key & keyof Model]
    ? unknown
    : Present<Model[Key & keyof Model]> | null

/** Of a value that may be anything, anything can be asked. */
type InnerValueFor<Model, Name extends keyof Model & string, Rest extends string> = unknown extends Model[Name]
  ? unknown
  : Rest extends keyof LookupsFor<Name, Present<Model[Name]>>
    ? LookupsFor<Name, Present<Model[Name]>>[Rest]
    : IsNested<Model[Name]> extends true
      ? ValueFor<Linked<Model[Name]>, Rest>
      : never

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

/** A field, or a field of an embedded or linked document: `address__city`. */
export type FieldPath<Model> = FieldName<Model> | { [Name in FieldName<Model>]: Inner<Model, Name> }[FieldName<Model>]

/** A term of `orderBy`: a field, with `-` in front for descending. */
export type OrderTerm<Model> = FieldPath<Model> | `-${FieldPath<Model>}`

/** The keys an editor offers for a filter; `CheckFilter` then checks the keys that were written. */
export type FilterKeys<Model> = { readonly [Key in FieldPath<Model>]?: unknown } & { readonly [key: string]: unknown }

/** Each key that was written, with the value it takes, or with the reason why it is wrong. */
export type CheckFilter<Model, Filter> = {
  readonly [Key in keyof Filter]: Key extends string ? CheckTerm<Model, Key, Filter[Key]> : never
}

type CheckTerm<Model, Key extends string, Value> = [ValueFor<Model, Key>] extends [never]
  ? ErrorFor<Model, Key>
  : Value extends ValueFor<Model, Key>
    ? ValueFor<Model, Key>
    : FilterError<`'${Key}' takes ${Word<Present<ValueFor<Model, Key>>>}`>

/** The fields `update()` may be given. */
export type UpdateFields<Model> = {
  readonly [Name in Exclude<FieldName<Model>, 'id'>]?: Model[Name] | null | undefined
}
