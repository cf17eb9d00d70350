import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { Lookup } from '../fields/lookups.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { followPath } from '../schema/resolve-path.js'
import { idiom, type Expression } from '../surrealql/nodes/expression.js'
import { isPlainObject } from '../values.js'

/** `{ age__gte: 18, address__city: 'Paris' }` as expressions that all have to hold. */
export function parseFilter(meta: ModelMeta, filter: unknown): readonly Expression[] {
  if (!isPlainObject(filter)) {
    throw new LookupError('INVALID_VALUE', `${meta.name}: a filter is an object such as { name: 'Ann', age__gte: 18 }.`)
  }
  return Object.entries(filter).map(([key, value]) => parseTerm(meta, key, value))
}

function parseTerm(meta: ModelMeta, key: string, value: unknown): Expression {
  const where = `${meta.name}.${key}`
  const found = followPath(meta, key)
  if (!found) throw unknownField(meta, key)
  const { field, path, rest } = found
  if (rest.length > 1) throw unknownName(where, rest[0]!, field)
  const asked = rest[0] ?? 'exact'
  const lookup = Object.hasOwn(field.lookups, asked) ? field.lookups[asked] : undefined
  if (!lookup) throw unknownName(where, asked, field)
  if (value === undefined) {
    const name = rest.length === 0 ? key : key.slice(0, key.lastIndexOf('__'))
    throw new LookupError(
      'UNDEFINED_VALUE',
      `${where} is undefined; leave the key out, or ask for missing values with ${name}__isnull: true.`,
    )
  }
  return lookup.build(idiom(...path), prepareOperand({ field, lookup, value, where }))
}

interface Operand {
  readonly field: Field
  readonly lookup: Lookup
  readonly value: unknown
  readonly where: string
}

/** The right side in the form the database stores, after a check of its kind. */
function prepareOperand({ field, lookup, value, where }: Operand): unknown {
  switch (lookup.operand) {
    case 'boolean':
      if (typeof value !== 'boolean') throw invalidValue(where, 'true or false')
      return value
    case 'list': {
      if (!Array.isArray(value)) throw invalidValue(where, `a list of ${field.kind} values`)
      return Array.from(value, (item: unknown) => convert(field, item, where))
    }
    case 'element':
      return convert(field.element ?? field, value, where)
    case 'value':
      return value === null && lookup.takesNull ? null : convert(field, value, where)
    default:
      return lookup.operand satisfies never
  }
}

function convert(field: Field, given: unknown, where: string): unknown {
  const value = field.coerce(given)
  const isPresent = value !== undefined && value !== null
  if (!isPresent || !field.accepts(value)) throw invalidValue(where, `${article(field.kind)} ${field.kind} value`)
  return field.toDatabase(value)
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}

function invalidValue(where: string, wanted: string): LookupError {
  return new LookupError('INVALID_VALUE', `${where} takes ${wanted}.`)
}

function unknownName(where: string, name: string, field: Field): LookupError {
  const lookups = Object.keys(field.lookups).join(', ')
  return new LookupError(
    'UNKNOWN_LOOKUP',
    `${where}: "${name}" is neither a field inside this ${field.kind} field nor a lookup of it; lookups: ${lookups}.`,
  )
}

/** The error for a name that is no field of the model. */
export function unknownField(meta: ModelMeta, name: string): LookupError {
  const fields = ['id', ...meta.bindings.map((binding) => binding.name)].join(', ')
  return new LookupError('UNKNOWN_FIELD', `${meta.name} has no field "${name.split('__')[0]}"; fields: ${fields}.`)
}
