import { LookupError } from '../errors.js'
import { expressionOf } from '../fields/lookups/expression-operand.js'
import type { Findings } from '../fields/findings.js'
import { REFUSED, valueOperand } from '../fields/lookups/operands.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { Assignment } from '../surrealql/nodes/write-statement.js'
import { isPlainObject } from '../values.js'
import { recordExpression } from './expressions/record-expression.js'
import { isExpression, resolveOperand } from './expressions/resolve-expression.js'
import type { Scope } from './expressions/typed-value.js'
import { unknownField } from './parse-filter.js'

/** The fields given to `update()`, as assignments; what is wrong with them goes to `findings`. `undefined` removes an optional field. */
export function parseAssignments(meta: ModelMeta, given: unknown, findings: Findings): readonly Assignment[] {
  const scope: Scope = { name: meta.name, meta }
  const fields: unknown =
    typeof given === 'function' ? (given as (record: object) => unknown)(recordExpression(meta, scope)) : given
  if (!isPlainObject(fields) || Object.keys(fields).length === 0) {
    throw new LookupError('INVALID_VALUE', `${meta.name}: update() takes an object with at least one field.`)
  }
  return Object.entries(fields).map(([name, value]) => {
    const binding = meta.binding(name)
    if (!binding || binding === meta.id) throw unknownField(meta, name)
    return isExpression(value) ? computed(binding, value, scope) : assignment(binding, value, findings)
  })
}

function assignment({ name, column, field }: FieldBinding, given: unknown, findings: Findings): Assignment {
  const value = field.coerce(given)
  if (field.isComputed) findings.add([name], 'computed', 'is computed by the database and cannot be given')
  else {
    const before = findings.issues.length
    field.validateUpdate(value, [name], findings)
    if (findings.issues.length === before) field.validate(value, [name], findings)
  }
  return { path: [column], value: value === undefined ? constant('NONE') : bound(field.toDatabase(value)) }
}

/** What the database works out is checked by the database. */
function computed({ name, column, field }: FieldBinding, given: object, scope: Scope): Assignment {
  const operand = resolveOperand(given, scope)
  const isOwn = !field.isComputed && !field.options.readonly
  if (isOwn && valueOperand.read(operand, field) !== REFUSED) return { path: [column], value: expressionOf(operand) }
  const reason = isOwn ? `takes ${valueOperand.wanted(field)}, and the expression gives none` : 'cannot be changed'
  throw new LookupError('INVALID_VALUE', `${scope.name}.${name} ${reason}.`)
}
