import { LookupError } from '../../errors.js'
import { member } from '../../surrealql/nodes/expression.js'
import { callMethod, hasMethod } from './call-method.js'
import { registerExpression, type Resolve } from './resolve-expression.js'
import { finished, placeOf, type Scope, type TypedValue } from './typed-value.js'

/** What all expressions are instances of; their methods follow from the value they stand for. */
class QueryExpression {}

/** An expression that is known only where it is used: any method may be called, and is looked for then. */
export function openExpression(resolve: Resolve): object {
  const methodNamed =
    (name: string) =>
    (...given: readonly unknown[]) =>
      openExpression((scope) => callMethod({ value: resolve(scope), name, given, scope, express: settledExpression }))
  return registerExpression(withNames(new QueryExpression(), methodNamed), { resolve })
}

/** An expression that belongs to a place, and is known there: the fields inside it come first, then its methods. */
export function settledExpression(value: TypedValue, scope: Scope): object {
  const named = (name: string): unknown => {
    const { where, field } = value
    const inner = field.structure?.binding(name)
    if (inner) {
      const place = placeOf(`${where}.${name}`, member(finished(value), inner.column), inner.field)
      return settledExpression(place, scope)
    }
    if (hasMethod(field, name)) return methodNamed(name)
    throw new LookupError(
      'UNKNOWN_FIELD',
      `${where}: "${name}" is neither a field inside this ${field.kind} field nor a method of its expressions.`,
    )
  }
  const methodNamed =
    (name: string) =>
    (...given: readonly unknown[]) =>
      settledExpression(callMethod({ value, name, given, scope, express: settledExpression }), scope)
  return registerExpression(withNames(new QueryExpression(), named), {
    scope,
    resolve: (used) => settled(value, { used, scope }),
  })
}

/** An expression of a record, or of an item, means nothing in a query of others. */
function settled(value: TypedValue, { used, scope }: { readonly used: Scope; readonly scope: Scope }): TypedValue {
  if (used === scope) return value
  throw new LookupError(
    'INVALID_VALUE',
    `${value.where} cannot be named in ${used.name}: an expression sees the fields of its own record, or of its own item, only.`,
  )
}

/** What JavaScript asks any object for. */
const NO_NAMES: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor'])

/** An object that is asked for names, except for those that JavaScript itself asks for. */
export function withNames<Target extends object>(target: Target, named: (name: string) => unknown): Target {
  return new Proxy(target, {
    get: (_, name) => (typeof name === 'symbol' || NO_NAMES.has(name) ? Reflect.get(target, name) : named(name)),
  })
}
