import type { Field } from '../../fields/field.js'
import { readOperand } from '../read-operand.js'
import type { MethodCall } from './method-call.js'
import { resolveOperand } from './resolve-expression.js'
import { finished, type TypedValue } from './typed-value.js'
import { booleanField } from './value-kinds.js'

/** The lookups of filters as methods. A lookup that is not here goes by its own name. */
const LOOKUPS: Readonly<Record<string, string>> = {
  eq: 'exact',
  isNull: 'isnull',
  startsWith: 'startswith',
  endsWith: 'endswith',
  iExact: 'iexact',
  iContains: 'icontains',
  iStartsWith: 'istartswith',
  iEndsWith: 'iendswith',
  matches: 'regex',
  containsAny: 'containsany',
  containsAll: 'containsall',
  containsNone: 'containsnone',
  hasKey: 'haskey',
}

/** Whether a method is one of the questions that a filter can ask of the field. */
export function isComparison(field: Field, name: string): boolean {
  return field.lookup(lookupName(name)) !== undefined
}

/** The question of a filter, asked of any expression. */
export function callComparison({ value, name, given, scope }: MethodCall): TypedValue {
  const where = `${value.where}.${name}()`
  const lookup = value.field.lookup(lookupName(name))!
  const operand = resolveOperand(operandOf(name, given), scope)
  return {
    where,
    field: booleanField,
    expression: lookup.build(finished(value), readOperand({ where, lookup, field: value.field, given: operand })),
    guards: [],
    isCertain: true,
  }
}

function lookupName(name: string): string {
  return Object.hasOwn(LOOKUPS, name) ? LOOKUPS[name]! : name
}

/** `isNull()` asks whether it is, and `between(from, to)` takes its two ends one by one. */
function operandOf(name: string, given: readonly unknown[]): unknown {
  if (name === 'isNull' && given.length === 0) return true
  return name === 'between' ? given : given[0]
}
