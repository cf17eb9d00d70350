import { LookupError } from '../errors.js'
import type { Findings } from '../fields/findings.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { Assignment } from '../surrealql/nodes/write-statement.js'
import { isPlainObject } from '../values.js'
import { unknownField } from './parse-filter.js'

/** The fields given to `update()`, as assignments; what is wrong with them goes to `findings`. `undefined` removes an optional field. */
export function parseAssignments(meta: ModelMeta, fields: unknown, findings: Findings): readonly Assignment[] {
  if (!isPlainObject(fields) || Object.keys(fields).length === 0) {
    throw new LookupError('INVALID_VALUE', `${meta.name}: update() takes an object with at least one field.`)
  }
  return Object.entries(fields).map(([name, value]) => {
    const binding = meta.binding(name)
    if (!binding || binding === meta.id) throw unknownField(meta, name)
    return assignment(binding, value, findings)
  })
}

function assignment({ name, column, field }: FieldBinding, given: unknown, findings: Findings): Assignment {
  const value = field.coerce(given)
  if (field.isComputed) findings.add([name], 'computed', 'is computed by the database and cannot be given')
  else if (field.options.readonly) findings.add([name], 'readonly', 'is stored and cannot be changed')
  else field.validate(value, [name], findings)
  return { path: [column], value: value === undefined ? constant('NONE') : bound(field.toDatabase(value)) }
}
