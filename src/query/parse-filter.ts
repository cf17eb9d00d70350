import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import { REFUSED } from '../fields/operands.js'
import type { FieldBinding } from '../fields/structure.js'
import type { Expression } from '../surrealql/nodes/expression.js'
import { isPlainObject } from '../values.js'
import { findPlace, type NamedValues } from './find-place.js'

/** What a filter asks: a model, or rows that were made of its records. */
export interface AskedStructure extends NamedValues {
  readonly name: string
  readonly bindings: readonly FieldBinding[]
  readonly id?: FieldBinding
}

/** `{ age__gte: 18, address__city: 'Paris' }` as expressions that all have to hold. */
export function parseFilter(meta: AskedStructure, filter: unknown): readonly Expression[] {
  if (!isPlainObject(filter)) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: a filter is an object such as { name: 'Ann', age__gte: 18 }, or made of them with Q.`,
    )
  }
  return Object.entries(filter).map(([key, value]) => parseTerm(meta, key, value))
}

function parseTerm(meta: AskedStructure, key: string, given: unknown): Expression {
  const where = `${meta.name}.${key}`
  const place = findPlace(meta, key)
  if (!place) throw unknownField(meta, key)
  const { field, rest } = place
  if (rest.length > 1) throw unknownName(where, rest[0]!, field)
  const asked = rest[0] ?? 'exact'
  const lookup = Object.hasOwn(field.lookups, asked) ? field.lookups[asked] : undefined
  if (!lookup) throw unknownName(where, asked, field)
  if (given === undefined) {
    const name = rest.length === 0 ? key : key.slice(0, key.lastIndexOf('__'))
    throw new LookupError(
      'UNDEFINED_VALUE',
      `${where} is undefined; leave the key out, or ask for missing values with ${name}__isnull: true.`,
    )
  }
  const value = given === null && lookup.takesNull ? null : lookup.operand.read(given, field)
  if (value === REFUSED) throw new LookupError('INVALID_VALUE', `${where} takes ${lookup.operand.wanted(field)}.`)
  return place.within(lookup.build(place.value, value))
}

function unknownName(where: string, name: string, field: Field): LookupError {
  const lookups = [...Object.keys(field.lookups), ...Object.keys(field.transforms)].join(', ')
  return new LookupError(
    'UNKNOWN_LOOKUP',
    `${where}: "${name}" is neither a field inside this ${field.kind} field nor a lookup of it; lookups: ${lookups}.`,
  )
}

/** The error for a name that is no field of the model. */
export function unknownField(meta: AskedStructure, name: string): LookupError {
  const fields = [...(meta.id ? ['id'] : []), ...meta.bindings.map((binding) => binding.name)].join(', ')
  return new LookupError('UNKNOWN_FIELD', `${meta.name} has no field "${name.split('__')[0]}"; fields: ${fields}.`)
}
