import { LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { resolvePath } from '../schema/resolve-path.js'
import type { Order } from '../surrealql/nodes/select-statement.js'
import { unknownField } from './parse-filter.js'

/** `'-age'` as a term of ORDER BY. */
export function parseOrder(meta: ModelMeta, term: unknown): Order {
  if (typeof term !== 'string')
    throw new LookupError('INVALID_VALUE', `${meta.name}: orderBy() takes names such as 'name' or '-age'.`)
  const descending = term.startsWith('-')
  const name = descending ? term.slice(1) : term
  const found = resolvePath(meta, name)
  if (!found) throw unknownField(meta, name)
  return { path: found.path, direction: descending ? 'DESC' : 'ASC' }
}
