import type { z, ZodNullable, ZodObject, ZodOptional, ZodType } from 'zod'
import type { FieldName } from '../query/lookup-types.js'
import type { DateTime, Decimal, Duration, FileRef, Range, RecordId, RecordIdRange, Table, Uuid } from '../values.js'

/** What a schema of a model is for: a new record, a change of one, or what `toJSON()` gives. */
export type SchemaVariant = 'create' | 'update' | 'read'

/** Values that are text in JSON. */
type WrittenAsText =
  | Date
  | DateTime
  | Decimal
  | Duration
  | FileRef
  | Range<unknown, unknown>
  | RecordId
  | RecordIdRange
  | RegExp
  | Table
  | Uuid
  | Uint8Array
  | ArrayBuffer

/** What JSON holds for a value. */
export type JsonForm<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends bigint
    ? number | string
    : Value extends WrittenAsText
      ? string
      : Value extends ReadonlySet<infer Item>
        ? JsonForm<Item>[]
        : Value extends readonly (infer Item)[]
          ? JsonForm<Item>[]
          : Value extends object
            ? { [Name in keyof Value as Name extends FieldName<Value> ? Name : never]: JsonForm<Value[Name]> }
            : unknown

/** The value itself, from itself or from its JSON form. */
type Taken<Value> = ZodType<Value, Value | JsonForm<Value>>
type Shown<Value> = ZodType<JsonForm<Value>, JsonForm<Value>>

type Alike<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2 ? true : false
type IsWritable<Model, Name extends keyof Model> = Alike<
  { [Each in Name]: Model[Each] },
  { -readonly [Each in Name]: Model[Each] }
>

/** Fields that can be given: getters and computed fields are `readonly` in the class. */
type GivenName<Model> = {
  [Name in Exclude<FieldName<Model>, 'id'>]: IsWritable<Model, Name> extends true ? Name : never
}[Exclude<FieldName<Model>, 'id'>]

type IsOptional<Model, Name extends keyof Model> = object extends Pick<Model, Name> ? true : false
type WhenOptional<Schema extends ZodType> = ZodOptional<ZodNullable<Schema>>

interface Shapes<Model> {
  readonly create: {
    [Name in GivenName<Model>]: IsOptional<Model, Name> extends true
      ? WhenOptional<Taken<NonNullable<Model[Name]>>>
      : Taken<Model[Name]>
  }
  readonly update: {
    [Name in GivenName<Model>]: IsOptional<Model, Name> extends true
      ? WhenOptional<Taken<NonNullable<Model[Name]>>>
      : ZodOptional<Taken<Model[Name]>>
  }
  readonly read: {
    [Name in Exclude<FieldName<Model>, 'id'>]: IsOptional<Model, Name> extends true
      ? WhenOptional<Shown<NonNullable<Model[Name]>>>
      : Shown<Model[Name]>
  } & { id: ZodType<string, string> }
}

/** A model that keeps what is no field has an index signature. */
type KeepsUnknown<Model> = string extends keyof Model ? true : false
type Strictness<Model> = KeepsUnknown<Model> extends true ? z.core.$loose : z.core.$strict

/** Without the index signature. */
type Declared<Model> =
  KeepsUnknown<Model> extends true
    ? { [Name in keyof Model as string extends Name ? never : number extends Name ? never : Name]: Model[Name] }
    : Model

/** The zod schema of a model. */
export type ModelSchema<Model, Variant extends SchemaVariant> = ZodObject<
  Shapes<Declared<Model>>[Variant],
  Strictness<Model>
>
