import { conditional, constant } from '../../surrealql/nodes/expression.js'
import type { ExpressionOf, Operand, TypedExpression, WidenedValue } from './expression-types.js'
import { literalValue } from './literal.js'
import { openExpression, settledExpression } from './query-expression.js'
import { isExpression, resolveCondition, resolveExpression, scopeOfExpression } from './resolve-expression.js'
import { finished, type Scope, type TypedValue } from './typed-value.js'

/**
 * One value where a condition holds, and another one where it does not; without another one, it is missing then.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, when } from 'surrealengine'
 *
 * @Collection('when_example')
 * class Person extends Document<Person>() {
 *   @IntField() age?: number
 *   @IntField() fee?: number
 * }
 * Person.objects.where((person) => when(person.age.gte(18), person.fee, 0).gt(5)).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `when_example` WHERE ((IF (`age` >= $p0) { `fee` } ELSE { $p1 }) > $p2)
 * ```
 */
export function when<Value>(
  condition: TypedExpression<boolean>,
  value: Operand<Value>,
  otherwise?: Operand<Value>,
): ExpressionOf<WidenedValue<Value>> {
  const resolve = (scope: Scope): TypedValue => {
    const yes = valueOf(value, scope)
    const no = otherwise === undefined ? undefined : valueOf(otherwise, scope)
    const tested = resolveCondition(condition, 'when()', scope)
    const expression = conditional(tested, finished(yes), no ? finished(no) : constant('NONE'))
    // what a field says of its values holds for more of them than what a literal says
    const { field } = no && !isExpression(value) ? no : yes
    return { where: 'when()', field, expression, guards: [], isCertain: false }
  }
  const scope = scopeOfExpression(condition)
  return (scope ? settledExpression(resolve(scope), scope) : openExpression(resolve)) as ExpressionOf<
    WidenedValue<Value>
  >
}

function valueOf(given: unknown, scope: Scope): TypedValue {
  return isExpression(given) ? resolveExpression(given, scope) : literalValue(given)
}
