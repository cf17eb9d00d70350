import type { Expression, IdiomStep } from './expression.js'

/** Edges that begin at a record, end at it, or either. */
export type EdgeDirection = 'out' | 'in' | 'both'

/** What a statement reads or writes: a table, records given as a bound value, the edges of a record, or the result of one SELECT or of several. */
export type Target =
  /** With `ids`, these records of the table; those that are not there are left out. */
  | {
      readonly kind: 'table'
      readonly table: string
      readonly ids?: readonly unknown[]
      /** Its indexes over several columns, where those may answer a condition wrongly: see `Dialect.incompleteIndexes`. */
      readonly indexed?: readonly IndexedColumns[]
    }
  | { readonly kind: 'records'; readonly records: unknown }
  | { readonly kind: 'edges'; readonly record: unknown; readonly direction: EdgeDirection; readonly table: string }
  | { readonly kind: 'select'; readonly select: SelectStatement }
  /** The result of a SELECT that stands in a function: see `Dialect.readsWholeRanges`. */
  | { readonly kind: 'called'; readonly select: SelectStatement }
  | FusedSelects

/** An index over several columns. */
export interface IndexedColumns {
  readonly paths: readonly Path[]
  readonly isUnique: boolean
  /** Whether every record has a value for each of the columns. */
  readonly isOfEvery: boolean
  /** Whether one of the columns is a list, or inside of one: a record is in the index once for each item. */
  readonly isOfItems: boolean
}

/** The records of several SELECTs, as one list. */
export interface FusedSelects {
  readonly kind: 'fused'
  readonly selects: readonly SelectStatement[]
  readonly limit: number
  readonly by: FusionRule
}

/** What decides where a record stands in the list. */
export type FusionRule =
  /** Its places in all lists: the larger the constant is, the less the first ones count. */
  | { readonly kind: 'rrf'; readonly constant: number }
  /** The sum of its columns `score` and `distance`, scaled to each other, each of so much weight. */
  | { readonly kind: 'linear'; readonly weights: readonly number[]; readonly scale: 'minmax' | 'zscore' }

/** A value under a name of its own; without one, a path keeps the place it has in the record. */
export interface Column {
  readonly value: Expression
  readonly alias?: string
}

/** What comes back for each record: everything and more, some columns, one value, or a named count of all of them. */
export type Projection =
  | { readonly kind: 'all'; readonly also?: readonly Column[]; readonly omit?: readonly string[] }
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'count'; readonly alias: string }

/** A path to a field. */
export type Path = readonly IdiomStep[]

/** One term of ORDER BY. */
export interface Order {
  readonly path: Path
  readonly direction: 'ASC' | 'DESC'
  /** Letters as people sort them: `é` beside `e`. */
  readonly collate?: boolean
  /** Digits in texts as numbers: `a2` before `a10`. */
  readonly numeric?: boolean
  /** What stands there, where it is no stored value of the record: the engine orders by the columns of a row only. */
  readonly value?: Expression
}

/** Which indexes the engine may use: these, or none. */
export type IndexChoice = readonly string[] | 'none'

/** SELECT. */
export interface SelectStatement {
  readonly kind: 'select'
  readonly projection: Projection
  readonly from: Target
  /** One record instead of a list. */
  readonly only?: boolean
  readonly indexes?: IndexChoice
  /** The columns of the table that the engine computes: see `Dialect.indexesLoseComputed`. */
  readonly computed?: readonly string[]
  readonly where?: Expression
  /** A row for each item of these lists. */
  readonly split?: readonly Path[]
  /** One row for all records, or one for each value of these columns. */
  readonly groupBy?: 'all' | readonly Path[]
  readonly orderBy?: readonly Order[] | 'random'
  readonly limit?: number
  readonly start?: number
  /** Links that are replaced by their records. */
  readonly fetch?: readonly Path[]
  /** The moment whose data is read. */
  readonly version?: unknown
  /** A duration. */
  readonly timeout?: unknown
  /** Sorts on disk instead of in memory. */
  readonly tempFiles?: boolean
  /** The plan instead of the records; `full` carries it out and measures. */
  readonly explain?: 'plan' | 'full'
}
