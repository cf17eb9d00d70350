import { LookupError } from '../errors.js'
import { withConditions, type Query } from '../query/query.js'
import { binary, bound, idiom } from '../surrealql/nodes/expression.js'
import { toRecordId, type RecordId, type RecordKey } from '../values.js'
import { batches } from './batches.js'
import { StatefulDocument } from './document-state.js'
import { loadAll } from './load.js'
import type { Operation } from './operation.js'

/** Ids in one round trip. */
const BATCH_SIZE = 10_000

/** The documents of many ids, by key; those that are not there are left out. */
export function* inBulk(query: Query, given: unknown): Operation<Map<RecordKey, StatefulDocument>> {
  const found = new Map<string, StatefulDocument>()
  const ids = recordIds(query, given)
  for (const batch of batches(ids.values(), { count: BATCH_SIZE, bytes: Infinity, sizeOf: () => 0 })) {
    const isOne = binary(idiom('id'), 'IN', bound(batch))
    for (const document of (yield* loadAll(withConditions(query, [isOne]))) as readonly StatefulDocument[])
      found.set(String(StatefulDocument.stateOf(document).id), document)
  }
  const pairs = [...ids].flatMap(([text, { id: key }]): [RecordKey, StatefulDocument][] => {
    const document = found.get(text)
    return document ? [[key, document]] : []
  })
  return new Map(pairs)
}

/** Each id once, by its text. */
function recordIds({ meta }: Query, given: unknown): ReadonlyMap<string, RecordId> {
  const list: readonly unknown[] | undefined = Array.isArray(given) ? given : undefined
  const ids = list?.map((id) => toRecordId(meta.table, id))
  if (!ids || ids.includes(undefined)) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: inBulk() takes a list of ids: record ids of the table ${meta.table}, or keys.`,
    )
  }
  return new Map(ids.map((id) => [String(id), id!]))
}
