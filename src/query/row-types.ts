import type { RecordId } from '../values.js'
import type { FieldName, ValueAt } from './lookup-types.js'

/** For the compiler alone: the names of values that are no fields. */
declare const MADE: unique symbol

/** What a model has whose records come with values of these names. */
export interface Made<Names extends string> {
  readonly [MADE]: Readonly<Record<Names, true>>
}

/** The names of what `annotate()` made; never for a model alone. */
type MadeName<Model> = Model extends { readonly [MADE]: infer Names } ? keyof Names : never

/** For the compiler alone: what a search says about each row. */
declare const FOUND: unique symbol

/** What a search says about each row, and keeps saying about what becomes of it. */
export type Found<Values> = Values & { readonly [FOUND]: Values }

type FoundIn<Row> = Row extends { readonly [FOUND]: infer Values } ? Values : unknown

/** What can be asked of a model: its fields, and what a search says about each row. */
export type Asked<Model, Row> = Model & FoundIn<Row>

/** The same in another form, with what a search says about each row. */
export type StillFound<Row, Other> = Row extends { readonly [FOUND]: infer Values } ? Other & Found<Values> : Other

/** The names of what is stored: the fields of a model, without what `annotate()` made of them. */
export type StoredName<Model> = Exclude<FieldName<Model>, MadeName<Model>>

/** A document that was loaded with some of its fields; it can do what every document can. */
export type PartialModel<Model, Names> = Pick<
  Model,
  Extract<Names | 'id', keyof Model> | Exclude<keyof Model, StoredName<Model> | typeof MADE>
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
    : Value extends ReadonlySet<infer Item>
      ? Set<Behind<Item, Paths>>
      : [Paths] extends [never]
        ? Value
        : Value extends object
          ? Fetched<Value, Paths>
          : Value

/** The document behind a link, or behind each of a list of links; never where there is none. */
type DocumentOf<Value> = RecordId extends ItemIn<Value> ? Exclude<ItemIn<Value>, RecordId | null | undefined> : never

type ItemIn<Value> = Value extends readonly (infer Item)[] | ReadonlySet<infer Item> ? ItemIn<Item> : Value

/** The same at a path, through embedded documents and links. */
type DocumentAt<Model, Path extends string> =
  Path extends FieldName<Model>
    ? DocumentOf<NonNullable<Model[Path]>>
    : Path extends `${infer Name}__${infer Rest}`
      ? Name extends FieldName<Model>
        ? DocumentAt<ObjectIn<Model[Name]>, Rest>
        : never
      : never

/** The object, or that in a list, which a path goes on in. */
type ObjectIn<Value> = Exclude<ItemIn<Value>, RecordId | null | undefined>

/** The message a compiler shows for a name that is wrong. */
interface LinkError<Message extends string> {
  readonly 'link error': Message
}

/** Each path that leads to links, or the reason why it is wrong. */
export type CheckLinks<Model, Paths extends readonly string[]> = {
  readonly [Index in keyof Paths]: [DocumentAt<Model, Paths[Index]>] extends [never]
    ? LinkError<`'${Paths[Index]}' is no link, no list of links, and no path to one`>
    : Paths[Index]
}

/** What is found by the link that leads here. */
export interface IncomingRowsOf<Row> {
  readonly rows: Row
}

/** What may be loaded along: documents in the place of links, and what is incoming, under a name that is no field. */
export type CheckAlong<Model, Along> = {
  readonly [Name in keyof Along]: Along[Name] extends IncomingRowsOf<unknown>
    ? CheckIncoming<Model, Name & string, Along[Name]>
    : [DocumentAt<Model, Name & string>] extends [never]
      ? LinkError<`'${Name & string}' is no link, no list of links, and no path to one`>
      : Along[Name]
}

type CheckIncoming<Model, Name extends string, Given> = Name extends `${infer First}__${infer Rest}`
  ? First extends FieldName<Model>
    ? CheckIncoming<ObjectIn<Model[First]>, Rest, Given>
    : LinkError<`'${First}' is no field`>
  : Name extends keyof Model
    ? LinkError<`'${Name}' is there already`>
    : Given

/** A row with what is loaded along. A link stays an id where the query leaves its document out. */
export type WithAlong<Row, Along> = {
  [Name in keyof Row]: Name extends string ? AlongAt<Row[Name], Name, Along> : Row[Name]
} & {
  [
    Name in keyof Along as Along[Name] extends IncomingRowsOf<unknown>
      ? Name extends `${string}__${string}`
        ? never
        : Name
      : never
  ]: Along[Name] extends IncomingRowsOf<infer Found> ? Found[] : never
}

/** What stands under a name, with what is loaded in its place, and inside of it. */
type AlongAt<Value, Name extends string, Along> = Name extends keyof Along
  ? Along[Name] extends PromiseLike<readonly (infer Found)[]>
    ? AlongInside<LinkedBy<Value, Found>, AlongBelow<Along, Name>>
    : Value
  : [keyof AlongBelow<Along, Name>] extends [never]
    ? Value
    : AlongInside<Behind<Value, never>, AlongBelow<Along, Name>>

/** What is asked for behind a name. */
type AlongBelow<Along, Name extends string> = {
  [Path in keyof Along as Path extends `${Name}__${infer Rest}` ? Rest : never]: Along[Path]
}

/** A value with what is loaded inside of it. */
type AlongInside<Value, Along> = [keyof Along] extends [never]
  ? Value
  : Value extends RecordId | null | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? AlongInside<Item, Along>[]
      : Value extends ReadonlySet<infer Item>
        ? Set<AlongInside<Item, Along>>
        : Value extends object
          ? WithAlong<Value, Along>
          : Value

type LinkedBy<Value, Found> = Value extends readonly (infer Item)[]
  ? LinkedBy<Item, Found>[]
  : Value extends ReadonlySet<infer Item>
    ? Set<LinkedBy<Item, Found>>
    : Value extends RecordId | null | undefined
      ? Value
      : Found
