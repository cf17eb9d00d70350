import { LookupError } from '../errors.js'
import type { Order, Path } from '../surrealql/nodes/select-statement.js'
import { findPlace, type Place } from './find-place.js'
import { unknownField } from './parse-filter.js'
import type { AskedStructure } from './find-place.js'

/** `'-age'` as a term of ORDER BY. */
export function parseOrder(
  meta: AskedStructure,
  term: unknown,
  { collate, numeric }: { readonly collate?: boolean; readonly numeric?: boolean } = {},
): Order {
  if (typeof term !== 'string')
    throw new LookupError('INVALID_VALUE', `${meta.name}: orderBy() takes names such as 'name' or '-age'.`)
  const descending = term.startsWith('-')
  const name = descending ? term.slice(1) : term
  const { value, isStored } = parsePlace(meta, name)
  return {
    ...(isStored && value.kind === 'idiom' ? { path: value.path } : { path: [name], value }),
    direction: descending ? 'DESC' : 'ASC',
    ...(collate && { collate }),
    ...(numeric && { numeric }),
  }
}

/** `address__city` as a path to a field. */
export function parsePath(meta: AskedStructure, name: string): Path {
  const { value } = parsePlace(meta, name)
  // what was made by `annotate()` is a column of the answer
  if (meta.binding(name)?.value) return [name]
  if (value.kind === 'idiom') return value.path
  throw new LookupError('UNKNOWN_FIELD', `${meta.name}.${name} is made of a field's value; name the field itself.`)
}

/** `address__city`, or `name__len`, as the place it leads to. */
export function parsePlace(meta: AskedStructure, name: string): Place {
  const found = findPlace(meta, name)
  if (!found) throw unknownField(meta, name)
  const { field, rest } = found
  if (rest.length > 0)
    throw new LookupError(
      'UNKNOWN_FIELD',
      `${meta.name}.${name}: "${rest[0]}" is no field inside this ${field.kind} field.`,
    )
  if (found.isInItems)
    throw new LookupError(
      'UNKNOWN_FIELD',
      `${meta.name}.${name} is many values, one for each item of a list; name the list, or a place in it.`,
    )
  return found
}
