import { binary, conditional, type Expression } from '../../../surrealql/nodes/expression.js'

/** How much later or longer a value is than another one; missing where it is not: there are no negative durations. */
export const difference = (value: Expression, other: Expression): Expression =>
  conditional(binary(value, '>=', other), binary(value, '-', other))
