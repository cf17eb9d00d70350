import { ExpressionOperand } from '../../fields/lookups/expression-operand.js'
import { familyOf, type Family } from '../../fields/lookups/family.js'
import type { Field } from '../../fields/field.js'
import type { AskedStructure } from '../find-place.js'
import {
  and,
  binary,
  call,
  conditional,
  constant,
  type Expression,
  type FunctionName,
} from '../../surrealql/nodes/expression.js'

/** Where an expression is used: in a query of a model, or, without one, inside the items of a list. */
export interface Scope {
  readonly name: string
  readonly meta?: AskedStructure
}

/** A value inside a query that is known to the last detail. */
export interface TypedValue {
  /** What it is, for messages: `User.name.len()`. */
  readonly where: string
  readonly field: Field
  /** Fails in the engine unless all guards hold. */
  readonly expression: Expression
  /** Carried along instead of tested at once, so that a chain of functions tests the value at its beginning only. */
  readonly guards: readonly Expression[]
  /** Whether it is of its field's kind whenever the guards hold, and so needs no further test. */
  readonly isCertain: boolean
  /** As a term of an order: the largest first. */
  readonly isDescending?: boolean
}

/** A stored value: of its field's kind, or missing. */
export function placeOf(where: string, expression: Expression, field: Field): TypedValue {
  return { where, expression, field, guards: [], isCertain: false }
}

/** The family of a value. */
export function familyOfValue({ field }: TypedValue): Family {
  return familyOf(field.databaseType())
}

/** A value as it can stand anywhere: NONE where its guards do not hold. */
export function finished({ expression, guards }: TypedValue): Expression {
  return guards.length === 0 ? flattened(expression) : conditional(and(...guards), expression)
}

/** `((a or b) or c) or d` as one chain of `a, b, c, d`, however long it is. */
function flattened(expression: Expression): Expression {
  if (expression.kind !== 'logical') return expression
  const { operator } = expression
  const tail: Expression[] = []
  let [first, ...others] = expression.terms
  while (first?.kind === 'logical' && first.operator === operator) {
    tail.push(...others.reverse())
    ;[first, ...others] = first.terms
  }
  return tail.length === 0 ? expression : { ...expression, terms: [first!, ...others, ...tail.reverse()] }
}

/** A value as the operand of a lookup. */
export function asOperand(value: TypedValue): ExpressionOperand {
  return new ExpressionOperand(finished(value), familyOfValue(value), value.isCertain && value.guards.length === 0)
}

const TESTS: Readonly<Partial<Record<Family, FunctionName>>> = {
  text: 'type::is_string',
  number: 'type::is_number',
  boolean: 'type::is_bool',
  moment: 'type::is_datetime',
  duration: 'type::is_duration',
  list: 'type::is_array',
  set: 'type::is_set',
  object: 'type::is_object',
  record: 'type::is_record',
  geometry: 'type::is_geometry',
  bytes: 'type::is_bytes',
  uuid: 'type::is_uuid',
}

/** A value with what has to hold for it to be of a family; its expression can then be given to a function. */
export function guarded(value: TypedValue, family: Family): Pick<TypedValue, 'expression' | 'guards'> {
  if (value.isCertain) return value
  const expression = finished(value)
  const test = TESTS[family]
  return { expression, guards: [test ? call(test, expression) : binary(expression, '>', constant('NULL'))] }
}
