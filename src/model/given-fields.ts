import { ValidationError } from '../errors.js'
import type { Structure } from '../fields/structure.js'
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
  const unknown = Object.keys(fields).filter((name) => !structure.binding(name))
  if (unknown.length > 0) {
    const known = structure.bindings.map(({ name }) => name).join(', ')
    throw new ValidationError(
      structure.name,
      unknown.map((name) => ({
        path: [name],
        code: 'unknown_field',
        message: `is no field of ${structure.name}; fields: ${known}`,
      })),
    )
  }
  const computed = Object.keys(fields).filter((name) => structure.binding(name)!.field.isComputed)
  if (computed.length > 0) {
    throw new ValidationError(
      structure.name,
      computed.map((name) => ({
        path: [name],
        code: 'computed',
        message: 'is computed by the database and cannot be given',
      })),
    )
  }
  given.set(instance, fields)
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
