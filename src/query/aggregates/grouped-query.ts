import type { Field } from '../../fields/field.js'
import type { Expression } from '../../surrealql/nodes/expression.js'
import type { Order } from '../../surrealql/nodes/select-statement.js'
import type { Query, ReadColumn } from '../query.js'

/** A value that is made of all records of a group. */
export interface AggregateColumn {
  readonly name: string
  readonly field: Field
  /** What each record gives: a list with its value or without any, or whether it counts. */
  readonly given: Expression
  /** What the engine makes of that for a group: a list of the lists, or a number. */
  readonly gather: (given: Expression) => Expression
  /** What it makes of no records. */
  readonly nothing: Expression
  /** The value, of what was gathered. */
  readonly finish: (gathered: Expression) => Expression
}

/** Groups of records: one row for each, with what they have in common and what was made of them. Frozen, as a query is. */
export interface GroupedQuery {
  /** The records; their order is that of `First`, `Last` and collected values. */
  readonly records: Query
  /** What the records of a group have in common; none: all records are one group. */
  readonly keys: readonly ReadColumn[]
  readonly aggregates: readonly AggregateColumn[]
  /** Of the groups. */
  readonly conditions: readonly Expression[]
  readonly orderBy: readonly Order[] | 'random'
  readonly limit?: number
  readonly start?: number
}
