import { LookupError, ValidationError, type ValidationIssue } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { Assignment } from '../surrealql/nodes/write-statement.js'
import { isPlainObject } from '../values.js'
import { unknownField } from './parse-filter.js'

/** The fields given to `update()`, validated, as assignments. `undefined` removes an optional field. */
export function parseAssignments(meta: ModelMeta, fields: unknown): readonly Assignment[] {
  if (!isPlainObject(fields) || Object.keys(fields).length === 0) {
    throw new LookupError('INVALID_VALUE', `${meta.name}: update() takes an object with at least one field.`)
  }
  const issues: ValidationIssue[] = []
  const assignments = Object.entries(fields).map(([name, value]) => {
    const binding = meta.binding(name)
    if (!binding || binding === meta.id) throw unknownField(meta, name)
    binding.field.validate(value, [name], issues)
    return {
      path: [binding.column],
      value: value === undefined ? constant('NONE') : bound(binding.field.toDatabase(value)),
    }
  })
  if (issues.length > 0) throw new ValidationError(meta.name, issues)
  return assignments
}
