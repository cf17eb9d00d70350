import type { FieldName, ValueAt } from './lookup-types.js'

/** A document that was loaded with some of its fields. */
export type PartialModel<Model, Names> = Pick<Model, Extract<Names | 'id', keyof Model>>

/** All fields of a model, without its methods. */
export type PlainModel<Model> = { -readonly [Name in FieldName<Model>]: Model[Name] }

/** The values at these paths, by the paths. */
export type PlainValues<Model, Paths extends string> = { -readonly [Path in Paths]: ValueAt<Model, Path> }
