import { ValidationError, type ValidationIssue } from '../errors.js'
import type { Structure } from '../fields/structure.js'
import { isUnknown } from '../fields/unknown-field.js'
import { fieldValues } from '../persistence/document-state.js'
import { isPlainObject } from '../values.js'

const given = new WeakMap<object, Readonly<Record<string, unknown>>>()

/** Fields to put into an instance: checked now, put in when its class has run all its initialisers. */
interface Given {
  readonly instance: object
  readonly structure: Structure
  readonly fields: unknown
}

/** Checks that fields exist, and keeps them for `fillInstance`. */
export function giveFields({ instance, structure, fields }: Given): void {
  if (!isPlainObject(fields)) {
    throw new ValidationError(structure.name, [
      { path: [], code: 'invalid_type', message: 'is made from an object with its fields' },
    ])
  }
  const issues = Object.keys(fields).flatMap((name) => issueOf(structure, instance, name) ?? [])
  if (issues.length > 0) throw new ValidationError(structure.name, issues)
  given.set(instance, fields)
}

function issueOf(structure: Structure, instance: object, name: string): ValidationIssue | undefined {
  const binding = structure.binding(name)
  const isMember = binding && isUnknown(binding) && name in instance && !Object.hasOwn(instance, name)
  if (!binding || isMember) {
    const known = structure.bindings.map((field) => field.name).join(', ')
    const message = `is no field of ${structure.name}; fields: ${known}`
    return { path: [name], code: 'unknown_field', message }
  }
  if (!binding.field.isComputed) return undefined
  return { path: [name], code: 'computed', message: 'is computed by the database and cannot be given' }
}

/**
 * Puts the given fields, then the defaults, into a new instance. Field initialisers of the class run after the base
 * constructor and would overwrite what it sets (`name!: string` is one, with define semantics), so this runs after them.
 */
export function fillInstance(instance: object, structure: Structure): void {
  const values = fieldValues(instance)
  const fields = given.get(instance) ?? {}
  given.delete(instance)
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) values[name] = value
  }
  for (const { name, field } of structure.bindings) {
    if (values[name] === undefined && fields[name] === undefined) {
      const value = field.defaultValue()
      if (value !== undefined) values[name] = value
    }
  }
}
