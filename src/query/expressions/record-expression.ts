import { idiom, type Expression } from '../../surrealql/nodes/expression.js'
import type { AskedStructure, NamedValue } from '../find-place.js'
import { unknownField } from '../parse-filter.js'
import { settledExpression, withNames } from './query-expression.js'
import { resolveCondition } from './resolve-expression.js'
import { placeOf, type Scope } from './typed-value.js'

/** The fields of a record as expressions: what a function in `where()` is given. They can be used in this scope alone. */
export function recordExpression(meta: AskedStructure, scope: Scope): object {
  return withNames({}, (name) => {
    const binding: NamedValue | undefined = meta.binding(name)
    if (!binding) throw unknownField(meta, name)
    return settledExpression(
      placeOf(`${meta.name}.${name}`, binding.value ?? idiom(binding.column), binding.field),
      scope,
    )
  })
}

/** What a function says of a record, as a condition. */
export function parseWhere(meta: AskedStructure, ask: unknown): Expression {
  const scope: Scope = { name: meta.name, meta }
  const given: unknown =
    typeof ask === 'function' ? (ask as (record: object) => unknown)(recordExpression(meta, scope)) : ask
  return resolveCondition(given, `${meta.name}: where()`, scope)
}
