import { LookupError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import type { FieldBinding } from '../../fields/structure.js'
import { member } from '../../surrealql/nodes/expression.js'
import { callMethod, hasMethod } from './call-method.js'
import { registerExpression, type Resolve } from './resolve-expression.js'
import { finished, placeOf } from './typed-value.js'

/** What all expressions are instances of; their methods follow from the value they stand for. */
class QueryExpression {}

/** An expression whose field is known only where it is used: any method may be called, and is looked for then. */
export function openExpression(resolve: Resolve): object {
  return proxyOf(resolve, (name) => methodOf(resolve, name))
}

/** An expression of a field: the fields inside it come first, then its methods. */
export function fieldExpression(resolve: Resolve, where: string, field: Field): object {
  return proxyOf(resolve, (name) => {
    const inner = field.structure?.binding(name)
    if (inner) return fieldExpression(insideOf(resolve, inner), `${where}.${name}`, inner.field)
    if (hasMethod(field, name)) return methodOf(resolve, name)
    throw new LookupError(
      'UNKNOWN_FIELD',
      `${where}: "${name}" is neither a field inside this ${field.kind} field nor a method of its expressions.`,
    )
  })
}

/** What asks an object for these names, and leaves JavaScript its own. */
export function withNames<Target extends object>(target: Target, named: (name: string) => unknown): Target {
  return new Proxy(target, {
    get: (_, name) => (typeof name === 'symbol' || NO_NAMES.has(name) ? Reflect.get(target, name) : named(name)),
  })
}

/** What JavaScript asks any object for. */
const NO_NAMES: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor'])

function proxyOf(resolve: Resolve, named: (name: string) => unknown): object {
  const proxy = withNames(new QueryExpression(), named)
  registerExpression(proxy, resolve)
  return proxy
}

function methodOf(resolve: Resolve, name: string) {
  return (...given: readonly unknown[]): object =>
    openExpression((scope) => callMethod({ value: resolve(scope), name, given, scope, express: fieldExpression }))
}

function insideOf(resolve: Resolve, { name, column, field }: FieldBinding): Resolve {
  return (scope) => {
    const value = resolve(scope)
    return placeOf(`${value.where}.${name}`, member(finished(value), column), field)
  }
}
