import type { Field } from '../../fields/field.js'
import type { FieldBinding } from '../../fields/structure.js'
import { FloatField } from '../../fields/numbers/number-fields.js'
import type { Expression } from '../../surrealql/nodes/expression.js'
import type { Column, FusionRule, IndexChoice, Order } from '../../surrealql/nodes/select-statement.js'

/** What a search says about each record it finds: the property it becomes, and the column of the answer where it stands. */
export type FoundValue = FieldBinding

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

/** The field of a score, or of a distance. */
export const measure: Field = FloatField().field
