import type { Followed } from '../connection/live/open-live-queries.js'
import type { LiveMessage } from '../connection/live/live-query.js'
import { buildLive, parseActions } from '../query/build-live.js'
import type { Query } from '../query/query.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'

/** What a live query of a query's records is, as soon as the version of the server is known. */
export function followDocuments(
  query: Query,
  action: unknown,
): (connection: { readonly serverVersion: string | undefined }) => Followed {
  const statement = buildLive(query)
  const actions = parseActions(query, action)
  const read = (message: LiveMessage<Record<string, unknown>>): unknown => {
    if (message.action === 'RESYNC') return { action: message.action }
    if (!actions.includes(message.action)) return undefined
    const { id, value } = message
    return { action: message.action, id, document: query.meta.hydrate({ ...value, id }) }
  }
  return ({ serverVersion }) => ({ ...compile(statement, dialectFor(serverVersion)), read })
}
