import type { HnswDistance } from '../../fields/index-options.js'
import type { Geometry, GeometryPoint } from '../../values.js'
import type { Bare, FieldName, ValueAt } from '../lookup-types.js'

/** What is put around each word that was found. */
export interface Highlight {
  readonly before: string
  readonly after: string
}

/** What a full-text search can be told. */
export interface SearchOptions<Fields extends string = string> {
  /** Where the words are looked for: in any of these. Default: every field with a full-text index of its own. */
  readonly fields?: readonly Fields[]
  /** `and` (default): a field has all the words; `or`: one of them is enough, from version 3 on. */
  readonly match?: 'and' | 'or'
  /** The texts with what was found marked, as `highlights`: by `<b>` and `</b>`, or by what is given. */
  readonly highlight?: true | Highlight
  /** Where the words are, as `offsets`. */
  readonly offsets?: true
}

/** Where a word is, in code points: `[...text].slice(start, end)`; `item` is that of a list, and 0 for a text. */
export interface TextOffset {
  readonly start: number
  readonly end: number
  readonly item: number
}

/** What a document that `search()` found has besides its fields; none of it is saved. */
export type SearchFound<Model, Fields extends string, Options> = {
  /** How well it fits: the larger, the better. */
  readonly score: number
} & (Options extends { readonly highlight: object | true }
  ? { readonly highlights: { readonly [Name in Fields]?: HighlightOf<ValueAt<Model, Name>> } }
  : unknown) &
  (Options extends { readonly offsets: true }
    ? { readonly offsets: { readonly [Name in Fields]: readonly TextOffset[] } }
    : unknown)

type HighlightOf<Value> = NonNullable<Value> extends readonly unknown[] ? readonly string[] : string

/** What is near: what the distance of two vectors is. */
export type VectorMetric = Exclude<HnswDistance, 'jaccard' | 'pearson'>

/** What a search for vectors can be told. */
export interface NearestOptions {
  /** How many records. Default: 10. */
  readonly k?: number
  /** How many candidates the index looks at, from `k` on: more of them find better, and slower. Default: 100, or `k`. */
  readonly ef?: number
  /** Default: that of the index, or `euclidean`. With another one than the index has, every record is looked at. */
  readonly metric?: VectorMetric
}

/** The vector that others are compared with. */
export type VectorInput = readonly number[] | Float32Array | Float64Array

/** What a document has besides its fields when it was looked for by a distance; it is not saved. */
export interface DistanceFound {
  /** Of vectors, in the metric that was asked for; of points, in metres. */
  readonly distance: number
}

/** What a document has besides its fields that `hybrid()` found; it is not saved. The larger, the further in front. */
export type HybridFound<Parts> = Parts extends { readonly weights: readonly number[] }
  ? {
      /** The weighted sum of score and distance. */
      readonly linear: number
    }
  : {
      /** By the places in both searches. */
      readonly rrf: number
    }

/** A point, or its longitude and latitude. */
export type PointInput = GeometryPoint | readonly [longitude: number, latitude: number]

/** The message a compiler shows for a path to the wrong kind of field. */
interface SearchError<Message extends string> {
  readonly 'search error': Message
}

/** A path, when it leads to vectors. */
export type VectorPath<Model, Path extends string> =
  NonNullable<ValueAt<Model, Path>> extends readonly number[] ? Path : SearchError<`'${Path}' is no vector`>

/** A term of an order, when its path leads to points. */
export type PointTerm<Model, Term extends string> =
  GeometryPoint extends NonNullable<ValueAt<Model, Bare<Term>>>
    ? NonNullable<ValueAt<Model, Bare<Term>>> extends Geometry
      ? Term
      : SearchError<`'${Bare<Term>}' is no point`>
    : SearchError<`'${Bare<Term>}' is no point`>

/** The fields that were written, each checked to lead to a text, or to texts. */
export type CheckSearch<Model, Options> = Options extends { readonly fields: infer Fields }
  ? { readonly fields: TextPaths<Model, Fields> }
  : unknown

type TextPaths<Model, Fields> = { readonly [Index in keyof Fields]: TextPath<Model, Fields[Index]> }

/** The fields that are looked at: those that were written, or any. */
export type SearchedFields<Model, Options> = Options extends { readonly fields: readonly (infer Name extends string)[] }
  ? Name
  : FieldName<Model>

/** A path, when it leads to a text, or to texts. */
export type TextPath<Model, Path> = Path extends string
  ? [ValueAt<Model, Path>] extends [never]
    ? SearchError<`'${Path}' is no field, and no path to one`>
    : NonNullable<ValueAt<Model, Path>> extends string | readonly string[]
      ? Path
      : SearchError<`'${Path}' is no text`>
  : never

/** Words by the fields they are looked for in. */
export type WordsByField<Model, Words> = {
  readonly [Name in keyof Words]: TextPath<Model, Name> extends string ? string : TextPath<Model, Name>
}

/** What `hybrid()` is told: what `search()` and `nearest()` would be told, one after the other. */
export interface HybridInput<Path extends string = string> {
  readonly search: readonly [words: string, options?: Omit<SearchOptions, 'highlight' | 'offsets'>]
  readonly nearest: readonly [field: Path, vector: VectorInput, options?: NearestOptions]
  /** The larger it is, the less the first places count. Default: 60. */
  readonly constant?: number
  /** How much the words and the vector count: the sum of score and distance then decides, and not the places. */
  readonly weights?: readonly [words: number, vector: number]
  /** How scores and distances are made comparable, where they have weights: `minmax` (default), or `zscore`. */
  readonly scale?: 'minmax' | 'zscore'
}
