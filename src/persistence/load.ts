import { DoesNotExistError, LookupError, MultipleObjectsReturnedError, NotSavedError } from '../errors.js'
import { distinctForm } from '../query/aggregates/build-distinct.js'
import { buildRowCount, buildRows } from '../query/build-rows.js'
import { buildSelect } from '../query/build-statements.js'
import { isSliced, withLimit, type Query } from '../query/query.js'
import { checkPrefetch } from '../query/prefetch.js'
import { scopeOf } from '../query/scope.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { and, constant, type Expression } from '../surrealql/nodes/expression.js'
import type { Order } from '../surrealql/nodes/select-statement.js'
import { toRecordId, type RecordId } from '../values.js'
import { StatefulDocument, type FieldValues } from './document-state.js'
import { hydrateRecord, toRecord } from './hydrator.js'
import type { ExecuteOptions, Operation } from './operation.js'
import { completeRows } from './complete-rows.js'
import { lacksId } from './read-rows.js'
import { selectOr } from './select-or.js'
import { snapshotOf } from './snapshot.js'

/** What a query asks for: documents, unless it says otherwise. */
export function* loadAll(query: Query): Operation<readonly unknown[]> {
  checkPrefetch(query)
  return yield* readAnswer(query, yield* selectOr(buildRows(query), []))
}

/** The rows of the answer to a query; asked again without indexes where ids are missing: see `Dialect.losesIds`. */
export function* readAnswer(query: Query, answer: unknown): Operation<readonly unknown[]> {
  const rows = answer as readonly unknown[]
  if (!rows.some((row) => lacksId(query, row))) return yield* completeRows(query, rows)
  return yield* completeRows(
    query,
    (yield* selectOr(buildRows({ ...query, indexes: 'none' }), [])) as readonly unknown[],
  )
}

/** The first row of a query; null when there is none. */
export function* loadFirst(query: Query): Operation<unknown> {
  const [first] = yield* loadAll(atMost(query, 1))
  return first ?? null
}

/** The last row of a query; null when there is none. Without an order, it is that of the greatest id. */
export function* loadLast(query: Query): Operation<unknown> {
  const hasNoOrder = query.orderBy === 'random' || (query.orderBy.length === 0 && distinctForm(query) !== undefined)
  if (isSliced(query) || hasNoOrder) {
    return (yield* loadAll(query)).at(-1) ?? null
  }
  const order: readonly Order[] = query.orderBy.length > 0 ? query.orderBy : [{ path: ['id'], direction: 'ASC' }]
  const orderBy = order.map((term): Order => ({ ...term, direction: term.direction === 'ASC' ? 'DESC' : 'ASC' }))
  return yield* loadFirst({ ...query, orderBy })
}

/** The only row of a query; null when there is none. */
export function* loadOnlyOrNull(query: Query): Operation<unknown> {
  const found = yield* loadAll(atMost(query, 2))
  if (found.length > 1) {
    throw new MultipleObjectsReturnedError(
      `More than one ${query.meta.name} matches; use all() or first(), or a stricter filter.`,
    )
  }
  return found[0] ?? null
}

/** The only row of a query. */
export function* loadOnly(query: Query): Operation<unknown> {
  return (yield* loadOnlyOrNull(query)) ?? missing(query.meta, 'matches the filter')
}

/** The document of a record id, or of its key; null when there is none. */
export function* loadByIdOrNull(meta: ModelMeta, id: unknown): Operation<object | null> {
  const target = recordTarget(meta, id)
  const record = yield* selectRecord(meta, target.records, { where: whereOf(meta) })
  return record && meta.hydrate(record)
}

/** The record of an id; what was written in the same transaction comes without it: see `Dialect.losesIds`. */
function* selectRecord(
  meta: ModelMeta,
  id: RecordId,
  { where, ...options }: ExecuteOptions & { readonly where?: Expression | undefined },
): Operation<FieldValues | null> {
  const from = { kind: 'records', records: id } as const
  const statement = { kind: 'select', projection: { kind: 'all' }, from, only: true, ...(where && { where }) } as const
  const row = yield* selectOr(statement, undefined, options)
  return row === undefined || row === null ? null : { id, ...toRecord(meta, row) }
}

function whereOf(meta: ModelMeta): Expression | undefined {
  const scope = scopeOf(meta)
  return scope.length > 0 ? and(...scope) : undefined
}

/** The document of a record id, or of its key. */
export function* loadById(meta: ModelMeta, id: unknown): Operation<object> {
  const isWholeId = typeof id === 'string' && id.startsWith(`${meta.table}:`)
  const which = isWholeId ? `has this key; a string is the key alone, so leave out "${meta.table}:"` : 'has this id'
  return (yield* loadByIdOrNull(meta, id)) ?? missing(meta, which)
}

/** Whether there is a record of that id, or of that key. */
export function* existsById(meta: ModelMeta, id: unknown): Operation<boolean> {
  const projection = { kind: 'value', value: constant('true') } as const
  const where = whereOf(meta)
  const from = recordTarget(meta, id)
  return (
    (yield* selectOr({ kind: 'select', projection, from, only: true, ...(where && { where }) }, undefined)) === true
  )
}

/** How many records a query has. */
export function* count(query: Query): Operation<number> {
  const [row] = (yield* selectOr(buildRowCount(query), [])) as readonly { total?: number }[]
  return row?.total ?? 0
}

/** Whether a query has any record. */
export function* exists(query: Query): Operation<boolean> {
  if (distinctForm(query)) return (yield* count({ ...query, orderBy: [] })) > 0
  const unordered = atMost({ ...query, orderBy: [] }, 1)
  const rows = (yield* selectOr(
    buildSelect(unordered, { kind: 'value', value: constant('true') }),
    [],
  )) as readonly unknown[]
  return rows.length > 0
}

/** Loads the record of a document anew; what was not saved is gone. */
export function* refresh(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const state = StatefulDocument.stateOf(document)
  if (state.isDeleted)
    throw new NotSavedError('DOCUMENT_DELETED', `This ${meta.name} was deleted; there is nothing to load.`)
  if (!state.stored)
    throw new NotSavedError('NOT_SAVED', `This ${meta.name} was never saved; there is nothing to load.`)
  const record = yield* selectRecord(meta, state.id!, { snapshot: snapshotOf(meta, document) })
  hydrateRecord(meta, document, record ?? missing(meta, 'has this id any more'))
}

function atMost(query: Query, limit: number): Query {
  return withLimit(query, Math.min(limit, query.limit ?? limit))
}

function recordTarget(meta: ModelMeta, id: unknown): { readonly kind: 'records'; readonly records: RecordId } {
  const records = toRecordId(meta.table, id)
  if (records) return { kind: 'records', records }
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: an id is a RecordId of the table ${meta.table}, or its key (a string, an integer, a Uuid, an array or an object).`,
  )
}

function missing(meta: ModelMeta, which: string): never {
  throw new DoesNotExistError(`No ${meta.name} ${which}.`)
}
