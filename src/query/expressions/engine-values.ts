import type { Field } from '../../fields/field.js'
import { bound, call, type Expression, type FunctionName } from '../../surrealql/nodes/expression.js'
import type { Uuid } from '../../values.js'
import type { ExpressionOf } from './expression-types.js'
import { openExpression } from './query-expression.js'
import { booleanField, momentField, numberField, textField, uuidField } from './value-kinds.js'

/**
 * The moment of the query, on the server's clock.
 *
 * @example
 * ```ts
 * import { Collection, DateTimeField, Document, Duration, now } from 'surrealengine'
 *
 * @Collection('now_example')
 * class Session extends Document<Session>() {
 *   @DateTimeField() seen?: Date
 * }
 * Session.objects.where((session) => session.seen.gt(now().sub(new Duration('1h')))).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `now_example` WHERE ((((time::now() - $p0) >= false) AND (`seen` >= (time::now() - $p1))) AND (`seen` != (time::now() - $p2)))
 * ```
 */
export function now(): ExpressionOf<Date> {
  return engineValue('time::now', momentField) as ExpressionOf<Date>
}

/**
 * Values that the engine makes up, another one for each record.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, random } from 'surrealengine'
 *
 * @Collection('random_example')
 * class Ticket extends Document<Ticket>() {
 *   @IntField() number?: number
 * }
 * Ticket.objects.where((ticket) => ticket.number.eq(random.int(1, 6))).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `random_example` WHERE ((`number` >= false) AND (`number` = rand::int($p0, $p1)))
 * ```
 */
export const random = {
  /** True or false. */
  boolean: (): ExpressionOf<boolean> => engineValue('rand::bool', booleanField) as ExpressionOf<boolean>,
  /** A number from 0 to 1. */
  float: (): ExpressionOf<number> => engineValue('rand::float', numberField) as ExpressionOf<number>,
  /** A whole number, both ends included. */
  int: (from: number, to: number): ExpressionOf<number> =>
    engineValue('rand::int', numberField, bound(from), bound(to)) as ExpressionOf<number>,
  /** A text of letters and digits. */
  text: (length: number): ExpressionOf<string> =>
    engineValue('rand::string', textField, bound(length)) as ExpressionOf<string>,
  /** A ULID. */
  ulid: (): ExpressionOf<string> => engineValue('rand::ulid', textField) as ExpressionOf<string>,
  /** A UUID, one that sorts by its time. */
  uuid: (): ExpressionOf<Uuid> => engineValue('rand::uuid', uuidField) as ExpressionOf<Uuid>,
} as const

function engineValue(name: FunctionName, field: Field, ...given: readonly Expression[]): object {
  const expression = call(name, ...given)
  return openExpression(() => ({ where: `${name}()`, field, expression, guards: [], isCertain: true }))
}
