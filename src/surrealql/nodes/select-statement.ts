import type { Expression } from './expression.js'

/** Edges that begin at a record, end at it, or either. */
export type EdgeDirection = 'out' | 'in' | 'both'

/** What a statement reads or writes: a table, records given as a bound value, the edges of a record, or the result of a SELECT. */
export type Target =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'records'; readonly records: unknown }
  | { readonly kind: 'edges'; readonly record: unknown; readonly direction: EdgeDirection; readonly table: string }
  | { readonly kind: 'select'; readonly select: SelectStatement }

/** What comes back for each record: everything, one value, or a named count of all of them. */
export type Projection =
  | { readonly kind: 'all' }
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'count'; readonly alias: string }

/** One term of ORDER BY. */
export interface Order {
  readonly path: readonly string[]
  readonly direction: 'ASC' | 'DESC'
}

/** SELECT. */
export interface SelectStatement {
  readonly kind: 'select'
  readonly projection: Projection
  readonly from: Target
  /** One record instead of a list. */
  readonly only?: boolean
  /** Every record of the table is looked at. */
  readonly withoutIndexes?: boolean
  readonly where?: Expression
  readonly orderBy?: readonly Order[]
  readonly limit?: number
  readonly start?: number
}
