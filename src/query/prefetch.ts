import { LookupError } from '../errors.js'
import { linkedId } from '../fields/reference-field.js'
import { isModelMeta } from '../schema/model-registry.js'
import { binary, bound, idiom, list } from '../surrealql/nodes/expression.js'
import type { Column, SelectStatement } from '../surrealql/nodes/select-statement.js'
import { isPlainObject, type RecordId } from '../values.js'
import { askedOf } from './asked-of.js'
import { buildSelect } from './build-statements.js'
import { unknownField } from './parse-filter.js'
import {
  queryOf,
  withConditions,
  type IncomingPrefetch,
  type LinkPrefetch,
  type Prefetch,
  type Query,
} from './query.js'

/** Where a row says to which records its link leads. */
const OWNERS = '$owners'

/** What is asked for by one name. */
export interface AskedAlong {
  readonly name: string
  /** Which records; null where what was given is no queryset. */
  readonly query?: Query | null
  /** The link that leads back. */
  readonly by?: string | undefined
}

/** A query that loads more along; what has the same name takes the place of what was there. */
export function withPrefetch(query: Query, along: readonly AskedAlong[]): Query {
  if (along.length === 0)
    throw new LookupError('INVALID_VALUE', `${query.meta.name}: prefetch() takes the names of links; there is none.`)
  const all = [...(query.prefetch ?? []), ...along.map((each) => prefetchOf(query, each))]
  return { ...query, prefetch: [...new Map(all.map((prefetch) => [prefetch.name, prefetch])).values()] }
}

function prefetchOf(query: Query, { name, query: other, by }: AskedAlong): Prefetch {
  if (other === null)
    throw new LookupError('INVALID_VALUE', `${query.meta.name}.${name}: prefetch() takes querysets and Incoming(…).`)
  return other && by !== undefined
    ? incomingPrefetch(query, name, { query: other, by })
    : linkPrefetch(query, name, other)
}

/** The documents behind a link of the model, or those that another query finds of them. */
function linkPrefetch({ meta }: Query, name: string, query?: Query): LinkPrefetch {
  const binding = meta.binding(name)
  if (!binding) throw unknownField(meta, name)
  const linked = binding.field.linked.filter(isModelMeta)
  const where = `${meta.name}.${name}`
  if (linked.length === 0) {
    throw new LookupError(
      'INVALID_VALUE',
      `${where} is no link, and no list of links; prefetch() takes those, and Incoming(…) under a name of your own.`,
    )
  }
  if (!query) return { kind: 'link', name, queries: linked.map(queryOf) }
  if (!linked.some(({ table }) => table === query.meta.table))
    throw new LookupError('INVALID_VALUE', `${where} does not link to ${query.meta.name}.`)
  if (query.rows !== undefined && query.rows.kind !== 'partial')
    throw new LookupError('INVALID_VALUE', `${where}: in the place of a link there can be documents only.`)
  if (query.limit !== undefined || query.start !== undefined)
    throw new LookupError(
      'INVALID_VALUE',
      `${where}: the links of a record are not limited; take Incoming(…) for that.`,
    )
  return { kind: 'link', name, queries: [query] }
}

/** The records of a query whose link `by` leads to one of this model, under a name of their own. */
function incomingPrefetch(
  parent: Query,
  name: string,
  { query, by }: { readonly query: Query; readonly by: string },
): IncomingPrefetch {
  const { meta, search } = parent
  const isFound = search?.found.some((each) => each.name === name) === true
  if (askedOf(parent).binding(name) || isFound || meta.isMember(name))
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}.${name} is there already; give what is prefetched another name.`,
    )
  const binding = query.meta.binding(by)
  if (!binding) throw unknownField(query.meta, by)
  if (!binding.field.linked.some(({ table }) => table === meta.table))
    throw new LookupError('INVALID_VALUE', `${query.meta.name}.${by} is no link to ${meta.name}.`)
  if (query.rows?.kind === 'value')
    throw new LookupError('INVALID_VALUE', `${meta.name}.${name}: prefetch() takes documents and values(), no pluck().`)
  return { kind: 'incoming', name, query, by: binding }
}

/** Throws where the rows of a query have no place for what is prefetched, or do not say of which record they are. */
export function checkPrefetch({ meta, rows, prefetch = [] }: Query): void {
  if (prefetch.length === 0 || rows === undefined || rows.kind === 'partial') return
  if (rows.kind === 'value')
    throw new LookupError('INVALID_VALUE', `${meta.name}: single values have no place for what prefetch() loads.`)
  if (prefetch.some(({ kind }) => kind === 'incoming') && !rows.columns.some(({ name }) => name === 'id')) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: what links to a record is found by its id; ask for values('id', …) as well.`,
    )
  }
}

/** A SELECT of rows that belong to the records of these ids; to which of them, the rows say. */
export interface PrefetchSelect {
  readonly query: Query
  readonly statement: SelectStatement
  /** The only record they belong to. */
  readonly owner?: RecordId
}

/** Of the records behind links: those of the tables that are linked to. */
export function selectLinked({ queries }: LinkPrefetch, ids: readonly RecordId[]): readonly PrefetchSelect[] {
  return queries.flatMap((query) => {
    const records = ids.filter(({ table }) => table.name === query.meta.table)
    if (records.length === 0) return []
    return { query, statement: buildSelect({ ...query, from: { kind: 'records', records } }) }
  })
}

/** Of the records that link to these; where each may have so many at most, one SELECT for each. */
export function selectIncoming(prefetch: IncomingPrefetch, owners: readonly RecordId[]): readonly PrefetchSelect[] {
  const { query } = prefetch
  const isLimited = query.limit !== undefined || query.start !== undefined
  if (!isLimited) return [selectOf(prefetch, owners)]
  return owners.map((owner) => ({ ...selectOf(prefetch, [owner]), owner }))
}

function selectOf({ query, by }: IncomingPrefetch, owners: readonly RecordId[]): PrefetchSelect {
  const direction = query.meta.isRelation ? DIRECTIONS[by.column] : undefined
  const narrowed: Query = direction
    ? { ...query, from: { kind: 'edges', record: owners, direction, table: query.meta.table } }
    : withConditions(query, [
        by.field.element
          ? binary(idiom(by.column), 'CONTAINSANY', bound(owners))
          : binary(idiom(by.column), 'IN', bound(owners)),
      ])
  const statement = buildSelect(narrowed)
  const column: Column = { value: list(idiom(by.column)), alias: OWNERS }
  const { projection } = statement
  if (projection.kind === 'columns')
    return {
      query,
      statement: { ...statement, projection: { ...projection, columns: [...projection.columns, column] } },
    }
  const also = projection.kind === 'all' ? (projection.also ?? []) : []
  return { query, statement: { ...statement, projection: { kind: 'all', also: [...also, column] } } }
}

/** Which edges of a record an end of theirs stands for. */
const DIRECTIONS: Readonly<Partial<Record<string, 'out' | 'in'>>> = { in: 'out', out: 'in' }

/** The records that a row of {@link selectIncoming} belongs to. */
export function ownersOf(row: unknown): readonly RecordId[] {
  const owners = isPlainObject(row) && Array.isArray(row[OWNERS]) ? row[OWNERS].flat() : []
  return owners.flatMap((owner) => linkedId(owner) ?? [])
}

/** The row without what {@link ownersOf} reads. */
export function withoutOwners(row: unknown): unknown {
  if (!isPlainObject(row)) return row
  const { [OWNERS]: _owners, ...rest } = row
  return rest
}
