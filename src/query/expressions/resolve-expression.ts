import { Descent } from '../../fields/descent.js'
import { familyOf } from '../../fields/lookups/family.js'
import { LookupError } from '../../errors.js'
import { refuseTooDeep } from '../../surrealql/compiler/refuse-too-deep.js'
import type { Expression } from '../../surrealql/nodes/expression.js'
import { asOperand, familyOfValue, finished, type Scope, type TypedValue } from './typed-value.js'
import { booleanField } from './value-kinds.js'

/** What an expression is, once it is known where it is used. */
export type Resolve = (scope: Scope) => TypedValue

/** What is known of an expression. */
export interface KnownExpression {
  readonly resolve: Resolve
  /** The place it belongs to; undefined where that is still open. */
  readonly scope?: Scope
}

const expressions = new WeakMap<object, KnownExpression>()

/** Makes an object known as an expression. */
export function registerExpression(expression: object, known: KnownExpression): object {
  expressions.set(expression, known)
  return expression
}

/** Whether something is an expression. */
export function isExpression(given: unknown): given is object {
  return typeof given === 'object' && given !== null && expressions.has(given)
}

/** The place that an expression belongs to; undefined where that is still open. */
export function scopeOfExpression(given: object): Scope | undefined {
  return expressions.get(given)?.scope
}

/** What an expression is in this place. */
export function resolveExpression(expression: object, scope: Scope): TypedValue {
  return refuseTooDeep(scope.name, () => expressions.get(expression)!.resolve(scope))
}

const resolving = new Descent()

/** What is given to a lookup, expressions and lists of them as operands. */
export function resolveOperand(given: unknown, scope: Scope): unknown {
  if (isExpression(given)) return asOperand(resolveExpression(given, scope))
  if (!Array.isArray(given)) return given
  // a list that holds itself is none of expressions, and is refused where it is sent
  return resolving.into<unknown>(given, given, () => given.map((item) => resolveOperand(item, scope)))
}

/** What was given as a condition, as what the database tests. */
export function resolveCondition(given: unknown, where: string, scope: Scope): Expression {
  const value = isExpression(given) ? resolveExpression(given, scope) : undefined
  const wanted = familyOf(booleanField.databaseType())
  if (value && [wanted, 'any'].includes(familyOfValue(value))) return finished(value)
  throw new LookupError(
    'INVALID_VALUE',
    `${where} takes a function that gives an expression which is true or false, such as the one of u => u.age.gte(18).`,
  )
}
