import type { CompiledQuery } from '../surrealql/compiled-query.js'

/** A full-text index: of one field, by the words an analyzer makes of it. */
export interface FulltextOptions {
  /** The analyzer, or the name of one that the database has. */
  readonly analyzer: string | { readonly name: string }
  /** Whether results have scores, and the parameters of these. Default: true, with `k1` 1.2 and `b` 0.75. */
  readonly bm25?: boolean | { readonly k1: number; readonly b: number }
  /** Whether what was found can be highlighted. Default: false. */
  readonly highlights?: boolean
}

/** How near two vectors are to each other. */
export type HnswDistance =
  | 'euclidean'
  | 'cosine'
  | 'manhattan'
  | 'chebyshev'
  | 'hamming'
  | 'jaccard'
  | 'pearson'
  | { readonly minkowski: number }

/** An HNSW index: of one field of vectors, in memory. What is not said is up to the server. */
export interface HnswOptions {
  /** How many numbers each vector has. */
  readonly dimension: number
  /** Default: euclidean. */
  readonly distance?: HnswDistance
  /** What its numbers are kept as. Default: f32. */
  readonly type?: 'f64' | 'f32' | 'i64' | 'i32' | 'i16'
  /** How many candidates are looked at to insert a vector. */
  readonly efc?: number
  /** How many neighbours each vector has. */
  readonly m?: number
  /** The same on the lowest layer. */
  readonly m0?: number
  /** The factor of the layers. */
  readonly lm?: number
  readonly extendCandidates?: boolean
  readonly keepPrunedConnections?: boolean
  /** From version 3. */
  readonly hashedVector?: boolean
}

/** A DISKANN index: of one field of vectors, on disk. From version 3.1; what is not said is up to the server. */
export interface DiskannOptions {
  /** How many numbers each vector has. */
  readonly dimension: number
  readonly distance?: 'euclidean' | 'cosine' | 'inner_product' | 'cosine_normalized'
  /** What its numbers are kept as. Default: f32. */
  readonly type?: 'f32' | 'f16' | 'i8' | 'u8'
  readonly degree?: number
  readonly lBuild?: number
  readonly alpha?: number
  readonly hashedVector?: boolean
}

/** What kind of index, and what is said of it; a plain one by default, and only one kind. */
export interface IndexKindOptions {
  /** No two records have the same values. */
  readonly unique?: boolean
  readonly fulltext?: FulltextOptions
  readonly hnsw?: HnswOptions
  readonly diskann?: DiskannOptions
  /** The number of records is kept, of all, or of those that an expression is true for. Such an index has no fields. */
  readonly count?: true | CompiledQuery
  /** Default: the table and the fields, joined by `_`, and what kind it is. */
  readonly name?: string
  /** It is built in the background; what is wrong with it then is in `INFO FOR INDEX` only. */
  readonly concurrently?: boolean
  readonly comment?: string
}
