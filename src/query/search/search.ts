import type { Expression } from '../../surrealql/nodes/expression.js'
import type { Column, FusionRule, IndexChoice, Order } from '../../surrealql/nodes/select-statement.js'

/** What a search says about each record it finds. */
export interface FoundValue {
  /** The property it becomes. */
  readonly name: string
  /** Where it stands in a row of the answer. */
  readonly column: string
  readonly read: (stored: unknown) => unknown
  readonly isNumber?: boolean
}

/** One search: what it finds, what it says about it, and in which order. */
export interface SearchPart {
  /** What holds for what is found, when the engine may use these indexes. */
  condition(indexes: IndexChoice | undefined): Expression
  /** The other conditions stand in front of its own: of what a search finds, version 2 takes away what they do not hold for. */
  readonly isLast?: boolean
  /** The indexes that the engine then is to use. Default: those that it may. */
  indexes?(indexes: IndexChoice | undefined): IndexChoice | undefined
  readonly columns: readonly Column[]
  readonly found: readonly FoundValue[]
  readonly order: Order
}

/** What finds the records of a query, and says something about each. */
export interface Search {
  readonly found: readonly FoundValue[]
  /** Columns of the answer that belong to no record. */
  readonly columns: readonly string[]
  /** One part alone, or several that are fused into one order. */
  readonly parts: readonly SearchPart[]
  /** How many records of each part are fused, and how. */
  readonly fusion?: { readonly count: number; readonly by: FusionRule }
}

/** A value of the answer that is read as it is. */
export const asItIs = (stored: unknown): unknown => stored
