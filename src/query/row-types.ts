import type { RecordId } from '../values.js'
import type { FieldName, ValueAt } from './lookup-types.js'

/** A document that was loaded with some of its fields; it can do what every document can. */
export type PartialModel<Model, Names> = Pick<
  Model,
  Extract<Names | 'id', keyof Model> | Exclude<keyof Model, FieldName<Model>>
>

/** All fields of a model, without its methods. */
export type PlainModel<Model> = { -readonly [Name in FieldName<Model>]: Model[Name] }

/** The values at these paths, by the paths. */
export type PlainValues<Model, Paths extends string> = { -readonly [Path in Paths]: ValueAt<Model, Path> }

/** The same with the links at these paths replaced by what they link to. */
export type Fetched<Row, Paths extends string> = {
  [Name in keyof Row]: Name extends string ? FetchedAt<Row[Name], Name, Paths> : Row[Name]
}

/** What stands under a name of which paths begin; the value as it is, when none does. */
type FetchedAt<Value, Name extends string, Paths extends string> = [
  Extract<Paths, Name | `${Name}__${string}`>,
] extends [never]
  ? Value
  : Behind<Value, Inside<Paths, Name>>

/** What is left of paths behind a name. */
type Inside<Paths extends string, Name extends string> = Paths extends `${Name}__${infer Rest}` ? Rest : never

/** A value whose links are replaced, and those inside of it at the paths. */
type Behind<Value, Paths extends string> = Value extends RecordId | undefined | null
  ? Exclude<Value, RecordId>
  : Value extends readonly (infer Item)[]
    ? Behind<Item, Paths>[]
    : [Paths] extends [never]
      ? Value
      : Value extends object
        ? Fetched<Value, Paths>
        : Value
