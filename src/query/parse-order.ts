import { LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { followPath } from '../schema/resolve-path.js'
import type { Order } from '../surrealql/nodes/select-statement.js'
import { unknownField } from './parse-filter.js'

/** `'-age'` as a term of ORDER BY. */
export function parseOrder(meta: ModelMeta, term: unknown): Order {
  if (typeof term !== 'string')
    throw new LookupError('INVALID_VALUE', `${meta.name}: orderBy() takes names such as 'name' or '-age'.`)
  const descending = term.startsWith('-')
  const name = descending ? term.slice(1) : term
  const found = followPath(meta, name)
  if (!found) throw unknownField(meta, name)
  const { path, field, rest } = found
  if (rest.length > 0)
    throw new LookupError(
      'UNKNOWN_FIELD',
      `${meta.name}.${name}: "${rest[0]}" is no field inside this ${field.kind} field.`,
    )
  return { path, direction: descending ? 'DESC' : 'ASC' }
}
