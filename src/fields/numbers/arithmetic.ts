import type { Expression } from '../../surrealql/nodes/expression.js'

/** How sums and means of a field's values are made. */
export interface Arithmetic<Field> {
  /** The field of a mean: of whole numbers, it is no whole number. */
  readonly meanField: Field
  /** A number the engine made of the values, as one of their kind: a sum of no decimals is a decimal too. */
  readonly cast: (result: Expression) => Expression
}
