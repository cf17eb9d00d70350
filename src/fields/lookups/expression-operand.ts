import { bound, list, type Expression } from '../../surrealql/nodes/expression.js'
import type { Family } from './family.js'

/** What the database works out, where a lookup is given a value. */
export class ExpressionOperand {
  constructor(
    readonly expression: Expression,
    readonly family: Family,
    /** Whether it is never missing. */
    readonly isCertain: boolean,
  ) {}

  /** Whether it can be compared with values of a family. */
  suits(...families: readonly Family[]): boolean {
    return this.family === 'any' || families.some((family) => family === 'any' || family === this.family)
  }
}

/** Whether an operand may turn out to be missing. */
export function mayBeMissing(operand: unknown): operand is ExpressionOperand {
  return operand instanceof ExpressionOperand && !operand.isCertain
}

/** An operand, or a list of them, as an expression. */
export function expressionOf(operand: unknown): Expression {
  if (operand instanceof ExpressionOperand) return operand.expression
  if (Array.isArray(operand) && operand.some((item) => item instanceof ExpressionOperand))
    return list(...operand.map(expressionOf))
  return bound(operand)
}
