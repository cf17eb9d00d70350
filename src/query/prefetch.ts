import { LookupError } from '../errors.js'
import { linkedId } from '../fields/links/reference-field.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { isModelMeta } from '../schema/model-registry.js'
import { binary, bound, idiom, list } from '../surrealql/nodes/expression.js'
import type { Column, SelectStatement } from '../surrealql/nodes/select-statement.js'
import { isPlainObject, type RecordId } from '../values.js'
import { askedOf } from './asked-of.js'
import { buildSelect } from './build-statements.js'
import { holdsItems, isLink, linkSteps } from './link-path.js'
import {
  queryOf,
  withConditions,
  type DeletedRecords,
  type IncomingPrefetch,
  type LinkBack,
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
  readonly query?: Query | null | undefined
  /** The link that leads back. */
  readonly by?: string | undefined
  /** Of the records behind a link, when no query says which. */
  readonly deleted?: DeletedRecords
}

/** A query that loads more along; what has the same name takes the place of what was there. */
export function withPrefetch(query: Query, along: readonly AskedAlong[]): Query {
  if (along.length === 0)
    throw new LookupError('INVALID_VALUE', `${query.meta.name}: prefetch() takes the names of links; there is none.`)
  return along.reduce((asked, each) => {
    const all = [...(asked.prefetch ?? []), prefetchOf(asked, each)]
    return { ...asked, prefetch: [...new Map(all.map((prefetch) => [prefetch.name, prefetch])).values()] }
  }, query)
}

function prefetchOf(query: Query, asked: AskedAlong): Prefetch {
  const { name, query: other, by } = asked
  if (other === null)
    throw new LookupError('INVALID_VALUE', `${query.meta.name}.${name}: prefetch() takes querysets and Incoming(…).`)
  if (other && by !== undefined && !name.includes('__')) return incomingPrefetch(query, name, { query: other, by })
  const [link, rest] = firstLink(query.meta, asked)
  return rest === '' ? linkPrefetch(query, asked) : behindLink(query, link, { ...asked, name: rest })
}

/** The first link on a path, and what of the path is behind it. */
function firstLink(meta: ModelMeta, { name, by }: AskedAlong): readonly [link: string, rest: string] {
  const names = name.split('__')
  // what is incoming has a name that is no field's
  const known = by === undefined ? names : names.slice(0, -1)
  const steps = linkSteps(meta, known.join('__'), 'prefetch')
  const end = steps.findIndex(isLink) + 1
  return [names.slice(0, end).join('__'), names.slice(end).join('__')]
}

/** The documents behind a link, and what is to be loaded along with them: with the same query as is there already. */
function behindLink(query: Query, name: string, asked: AskedAlong): LinkPrefetch {
  const there = query.prefetch?.find((prefetch) => prefetch.kind === 'link' && prefetch.name === name)
  const { queries } = (there as LinkPrefetch | undefined) ?? linkPrefetch(query, { ...asked, name, query: undefined })
  const [first = ''] = asked.name.split('__')
  const hasIt = ({ meta }: Query): boolean => asked.by !== undefined || meta.binding(first) !== undefined
  return {
    kind: 'link',
    name,
    queries: queries.map((each) => (hasIt(each) ? withPrefetch(each, [asked]) : each)),
  }
}

/** The documents behind a link of the model, or those that another query finds of them. */
function linkPrefetch({ meta }: Query, { name, query, deleted }: AskedAlong): LinkPrefetch {
  const linked = linkSteps(meta, name, 'prefetch').at(-1)!.field.linked.filter(isModelMeta)
  const where = `${meta.name}.${name}`
  if (!query)
    return { kind: 'link', name, queries: linked.map((each) => ({ ...queryOf(each), ...(deleted && { deleted }) })) }
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
  const { meta } = parent
  if (askedOf(parent).binding(name) || meta.isMember(name))
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}.${name} is there already; give what is prefetched another name.`,
    )
  const steps = linkSteps(query.meta, by, 'Incoming')
  if (
    steps.findIndex(isLink) !== steps.length - 1 ||
    !steps.at(-1)!.field.linked.some(({ table }) => table === meta.table)
  )
    throw new LookupError('INVALID_VALUE', `${query.meta.name}.${by} is no link of its own to ${meta.name}.`)
  if (query.rows?.kind === 'value')
    throw new LookupError('INVALID_VALUE', `${meta.name}.${name}: prefetch() takes documents and values(), no pluck().`)
  const back: LinkBack = { path: steps.map(({ column }) => column), isMany: steps.some(holdsItems) }
  return { kind: 'incoming', name, query, by: back }
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

/** Where the links of a name stand in the rows of a query; nowhere, when they do not come back. */
export function pathInRows({ rows }: Query, name: string): readonly string[] {
  if (rows?.kind !== 'plain') return name.split('__')
  const column = rows.columns.find((each) => each.name === name || name.startsWith(`${each.name}__`))
  return column ? [column.name, ...name.split('__').slice(column.name.split('__').length)] : []
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
  const value = idiom(...by.path)
  const direction = query.meta.isRelation && by.path.length === 1 ? DIRECTIONS[by.path[0]!] : undefined
  const narrowed: Query = direction
    ? { ...query, from: { kind: 'edges', record: owners, direction, table: query.meta.table } }
    : withConditions(query, [binary(value, by.isMany ? 'CONTAINSANY' : 'IN', bound(owners))])
  const statement = buildSelect(narrowed)
  const column: Column = { value: list(value), alias: OWNERS }
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
  return isPlainObject(row) ? itemsOf(row[OWNERS]).flatMap((owner) => linkedId(owner) ?? []) : []
}

/** What lists and sets hold, those in them included; anything else is the only item. */
function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) || value instanceof Set ? [...(value as Iterable<unknown>)].flatMap(itemsOf) : [value]
}

/** The row without what {@link ownersOf} reads. */
export function withoutOwners(row: unknown): unknown {
  if (!isPlainObject(row)) return row
  const { [OWNERS]: _owners, ...rest } = row
  return rest
}
