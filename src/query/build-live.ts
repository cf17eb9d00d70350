import { LookupError } from '../errors.js'
import type { LiveStatement } from '../surrealql/nodes/statement.js'
import { computedOf, whereOf } from './build-statements.js'
import type { Query } from './query.js'

/** What a live query can be asked. */
const FOLLOWED: readonly string[] = ['meta', 'conditions', 'deleted', 'allowAll']

/** The LIVE SELECT of a query: of its conditions, there is nothing else that a live query could do. */
export function buildLive(query: Query): LiveStatement {
  const { meta } = query
  for (const [clause, value] of Object.entries(query)) {
    if (FOLLOWED.includes(clause) || value === undefined || (Array.isArray(value) && value.length === 0)) continue
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: live() follows the records of filters, and gives whole documents; leave out what sets "${clause}".`,
    )
  }
  return { kind: 'live', table: meta.table, ...whereOf(query), ...computedOf(query) }
}

/** What happens to a record. */
export type LiveAction = 'CREATE' | 'UPDATE' | 'DELETE'

const ACTIONS: readonly unknown[] = ['CREATE', 'UPDATE', 'DELETE'] satisfies readonly LiveAction[]

/** The actions that are asked for: one, several, or all of them. */
export function parseActions({ meta }: Query, given: unknown): readonly unknown[] {
  const actions: readonly unknown[] = given === undefined ? ACTIONS : [given].flat()
  if (actions.length > 0 && actions.every((action) => ACTIONS.includes(action))) return actions
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: the "action" of live() is CREATE, UPDATE or DELETE, or some of them.`,
  )
}
