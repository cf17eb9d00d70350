import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { isPlainObject } from '../values.js'
import type { ModelMeta } from './model-meta.js'

/**
 * Whether the database, when it reads a record of this model, may look into other tables by itself: for a view, for what is
 * computed, and for who may see it.
 */
export function looksElsewhere({ options, bindings }: ModelMeta): boolean {
  if (options.view !== undefined) return true
  const { computed, permissions } = {
    computed: bindings.flatMap(({ field }) => field.options.computed ?? []),
    ...options,
  }
  const own = bindings.map(({ field }) => field.options.permissions)
  return computed.some(isAboutOthers) || [permissions, ...own].some(mayBeSeenBy)
}

function mayBeSeenBy(permissions: unknown): boolean {
  if (!isPlainObject(permissions)) return false
  const { select } = permissions
  return typeof select === 'object' && select !== null && isAboutOthers(select as CompiledQuery)
}

/** A path, an edge, a sub-select, a parameter such as `$auth`, or a function of the database. */
function isAboutOthers({ query }: CompiledQuery): boolean {
  return /\.|->|<-|<~|\$(?!p\d)|\b(?:select|fn|record|type|mod|api)\b/i.test(query)
}
