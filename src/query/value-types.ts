import type { DateTime, Decimal, Duration, FileRef, Geometry, Range, RecordId, Table, Uuid } from '../values.js'

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
export type Ordered = number | bigint | string | Date | RecordId | Uuid | Decimal | Duration | DateTime
export type Present<Value> = unknown extends Value ? unknown : NonNullable<Value>
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
export type Linked<Value> = Exclude<Present<Value>, RecordId>
/** Fields that have fields: embedded documents and links. */
export type IsNested<Value> =
  Linked<Value> extends never
    ? false
    : Linked<Value> extends Scalar | readonly unknown[]
      ? false
      : Linked<Value> extends object
        ? true
        : false

/** Values that hold others of one type. */
export type Items<Element> = readonly Element[] | ReadonlySet<Element>

/** An object that may have any key. */
export type IsDict<Value> = IsNested<Value> extends true ? (string extends keyof Linked<Value> ? true : false) : false
