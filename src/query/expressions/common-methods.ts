import { LookupError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import {
  and,
  binary,
  bound,
  call,
  conditional,
  constant,
  member,
  not,
  or,
  type Expression,
} from '../../surrealql/nodes/expression.js'
import { everyItem, someItem } from '../find-place.js'
import { readArgument } from './call-function.js'
import type { MethodCall } from './method-call.js'
import { resolveCondition } from './resolve-expression.js'
import { familyOfValue, finished, placeOf, type Scope, type TypedValue } from './typed-value.js'
import { anyField, booleanField } from './value-kinds.js'

type Method = (call: MethodCall) => TypedValue

/** The methods that are no functions of the engine. */
export const commonMethods: Readonly<Record<string, Method>> = {
  and: (method) => joined(method, 'AND'),
  or: (method) => joined(method, 'OR'),
  not: (method) => condition(method, not(finished(method.value))),
  any: (method) => ofItems(method, false),
  all: (method) => ofItems(method, true),
  at,
  desc: ({ value }) => ({ ...value, isDescending: true }),
  as: ({ value, name, given }) => {
    const [decorator] = given as readonly [{ readonly field: Field }?]
    if (!decorator?.field) throw wrong(value, name, 'a field, such as StringField()')
    return { ...value, field: decorator.field, isCertain: false }
  },
  coalesce: ({ value, name, given: [given], scope }) => {
    const where = `${value.where}.${name}()`
    const other = readArgument({ where, field: value.field, given, scope })
    const isCertain = other.expression.kind === 'value'
    const otherwise = finished({ ...value, ...other })
    return { where, field: value.field, expression: binary(finished(value), '??', otherwise), guards: [], isCertain }
  },
}

function condition({ value, name }: MethodCall, expression: Expression): TypedValue {
  return { where: `${value.where}.${name}()`, field: booleanField, expression, guards: [], isCertain: true }
}

/** A chain grows at its end, and is made flat once it is `finished`: its length costs nothing before. */
function joined(method: MethodCall, operator: 'AND' | 'OR'): TypedValue {
  const { value, given, name, scope } = method
  const where = `${value.where}.${name}()`
  const { expression } = value
  const isChain = expression.kind === 'logical' && expression.operator === operator
  const first = isChain ? expression : finished(value)
  const others = given.map((each) => resolveCondition(each, where, scope))
  return { ...condition(method, operator === 'AND' ? and(first, ...others) : or(first, ...others)), where: value.where }
}

/** What stands at a place of a list, counted from 0, or from the end when it is negative; or under a key. */
function at({ value, name, given: [step] }: MethodCall): TypedValue {
  const { field } = value
  const where = `${value.where}.${name}(${typeof step === 'number' ? step : '…'})`
  if (familyOfValue(value) === 'list') {
    if (!Number.isSafeInteger(step)) throw wrong(value, name, 'a whole number')
    const place = step as number
    const list = finished(value)
    const fromEnd = conditional(call('type::is_array', list), call('array::at', list, bound(place)))
    const expression = place < 0 ? fromEnd : member(list, place)
    return placeOf(where, expression, field.element ?? anyField)
  }
  if (typeof step !== 'string') throw wrong(value, name, 'the name of a key')
  const inner = field.fieldAt(step)
  return placeOf(where, member(finished(value), inner?.column ?? step), inner?.field ?? anyField)
}

/** A condition on each item; inside, only the item and what is in it can be named. */
function ofItems(method: MethodCall, every: boolean): TypedValue {
  const { value, name, given, express } = method
  const [step] = value.field.filterSteps(every ? 'all' : 'any')
  const [ask] = given
  const where = `${value.where}.${name}()`
  if (step?.kind !== 'items' || typeof ask !== 'function')
    throw wrong(value, name, 'a function, and is a method of lists and sets')
  const inside: Scope = { name: where }
  const item = express(placeOf(where, constant('$this'), step.field), inside)
  const asked = resolveCondition((ask as (item: object) => unknown)(item), where, inside)
  const items = step.items(finished(value))
  return condition(method, every ? everyItem(items, asked) : someItem(items, asked))
}

function wrong({ where }: TypedValue, name: string, wanted: string): LookupError {
  return new LookupError('INVALID_VALUE', `${where}.${name}() takes ${wanted}.`)
}
