import { LookupError } from '../errors.js'
import type { Order, Path } from '../surrealql/nodes/select-statement.js'
import { recordExpression } from './expressions/record-expression.js'
import { isExpression, resolveExpression } from './expressions/resolve-expression.js'
import { finished, type Scope } from './expressions/typed-value.js'
import { findPlace, type Place } from './find-place.js'
import { unknownField } from './parse-filter.js'
import type { AskedStructure } from './find-place.js'

type OrderAsk = (record: object) => unknown

/** No column is called so. */
const MADE = '$made'

/** `'-age'`, or a function, as a term of ORDER BY. */
export function parseOrder(
  meta: AskedStructure,
  term: unknown,
  { collate, numeric }: { readonly collate?: boolean; readonly numeric?: boolean } = {},
): Order {
  return {
    ...(typeof term === 'function' ? madeTerm(meta, term as OrderAsk) : namedTerm(meta, term)),
    ...(collate && { collate }),
    ...(numeric && { numeric }),
  }
}

function namedTerm(meta: AskedStructure, term: unknown): Order {
  if (typeof term !== 'string') throw wrongTerm(meta)
  const isDescending = term.startsWith('-')
  const name = isDescending ? term.slice(1) : term
  const { value, isStored } = parsePlace(meta, name)
  const direction = isDescending ? 'DESC' : 'ASC'
  return isStored && value.kind === 'idiom' ? { path: value.path, direction } : { path: [name], value, direction }
}

/** What a function makes of each record. */
function madeTerm(meta: AskedStructure, ask: OrderAsk): Order {
  const scope: Scope = { name: meta.name, meta }
  const made: unknown = ask(recordExpression(meta, scope))
  if (!isExpression(made)) throw wrongTerm(meta)
  const value = resolveExpression(made, scope)
  return { path: [MADE], value: finished(value), direction: value.isDescending ? 'DESC' : 'ASC' }
}

function wrongTerm({ name }: AskedStructure): LookupError {
  return new LookupError(
    'INVALID_VALUE',
    `${name}: orderBy() takes names such as 'name' or '-age', and functions such as u => u.name.len().desc().`,
  )
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
