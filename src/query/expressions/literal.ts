import type { Field } from '../../fields/field.js'
import { bound } from '../../surrealql/nodes/expression.js'
import { DateTime, Decimal, Duration, Uuid } from '../../values.js'
import type { ExpressionOf, WidenedValue } from './expression-types.js'
import { openExpression } from './query-expression.js'
import type { TypedValue } from './typed-value.js'
import { anyField, booleanField, durationField, momentField, numberField, textField, uuidField } from './value-kinds.js'

/**
 * A value as an expression, to call methods on it; it is bound, as every value is. Where a method takes a value, it can be
 * given as it is.
 *
 * @example
 * ```ts
 * import { Collection, Document, literal, StringField } from 'surrealengine'
 *
 * @Collection('literal_example')
 * class Person extends Document<Person>() {
 *   @StringField() name?: string
 * }
 * Person.objects.where((person) => literal('Ann Lee').startsWith(person.name)).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `literal_example` WHERE (type::is_string($p0) AND type::is_string(`name`) AND string::starts_with($p1, `name`))
 * ```
 */
export function literal<Value>(value: Value): ExpressionOf<WidenedValue<Value>> {
  const typed = literalValue(value)
  return openExpression(() => typed) as ExpressionOf<WidenedValue<Value>>
}

/** A value of JavaScript as one inside a query. */
export function literalValue(value: unknown): TypedValue {
  const field = fieldFor(value)
  const expression = bound(field.toDatabase(value))
  return { where: 'The literal', field, expression, guards: [], isCertain: value !== null && value !== undefined }
}

const FIELDS: readonly (readonly [field: Field, is: (value: unknown) => boolean])[] = [
  [textField, (value) => typeof value === 'string'],
  [booleanField, (value) => typeof value === 'boolean'],
  [numberField, (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal],
  [momentField, (value) => value instanceof Date || value instanceof DateTime],
  [durationField, (value) => value instanceof Duration],
  [uuidField, (value) => value instanceof Uuid],
]

function fieldFor(value: unknown): Field {
  return FIELDS.find(([, is]) => is(value))?.[0] ?? anyField
}
