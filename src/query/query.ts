import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { and, type Expression } from '../surrealql/nodes/expression.js'
import { mentions } from '../surrealql/nodes/mentions.js'
import type { IndexChoice, Order, Path, Target } from '../surrealql/nodes/select-statement.js'
import type { Search } from './search/search.js'

/**
 * `query/` is about what was asked: an immutable `Query`, the filters and orders that go into it, and the statement that
 * comes out. It is pure: it knows models, but no documents and no network.
 */
export interface Query {
  readonly meta: ModelMeta
  readonly conditions: readonly Expression[]
  readonly orderBy: readonly Order[] | 'random'
  readonly limit?: number
  readonly start?: number
  /** What is read or written, when it is not the whole table. */
  readonly from?: Target
  /** Of a model that marks what is deleted: whether that counts. Default: `without`. */
  readonly deleted?: DeletedRecords
  /** `update()` and `delete()` may touch every record. */
  readonly allowAll?: boolean
  /** What becomes of each record. Default: a document. */
  readonly rows?: RowForm
  /** What finds the records besides the conditions, and says something about each. */
  readonly search?: Search
  /** What holds for what a search found, and said about it. */
  readonly foundWhere?: Expression
  /** Values that are made of each record's fields, and come with it. */
  readonly annotations?: readonly ReadColumn[]
  /** Links that come back as the documents behind them. */
  readonly fetch?: readonly FetchedLink[]
  /** What is loaded along, in one more round trip. */
  readonly prefetch?: readonly Prefetch[]
  readonly split?: readonly Path[]
  readonly indexes?: IndexChoice
  /** A moment, as the database takes it. */
  readonly version?: unknown
  /** A duration, as the database takes it. */
  readonly timeout?: unknown
  readonly tempFiles?: boolean
}

/** Which records of a model that marks what is deleted. */
export type DeletedRecords = 'without' | 'with' | 'only'

/** A value that is read of each record, under the name it gets in the answer. */
export interface ReadColumn {
  readonly name: string
  readonly value: Expression
  /** What makes the stored value into that of the answer. */
  readonly field: Field
}

/** What becomes of each record. */
export type RowForm =
  /** A document that has these fields alone, or all but these. */
  | { readonly kind: 'partial'; readonly only: readonly string[] }
  /** A plain object. */
  | { readonly kind: 'plain'; readonly columns: readonly ReadColumn[]; readonly isDistinct?: boolean }
  /** The value alone. */
  | { readonly kind: 'value'; readonly column: ReadColumn; readonly isDistinct?: boolean }

/** Records that are loaded along with those of a query, in one more round trip. */
export type Prefetch = LinkPrefetch | IncomingPrefetch

/** Those behind a link; a query for each table it may lead to. */
export interface LinkPrefetch {
  readonly kind: 'link'
  /** `address__owner` */
  readonly name: string
  readonly queries: readonly Query[]
}

/** Where a link to a record stands. */
export interface LinkBack {
  readonly path: readonly string[]
  /** It is one of several, as in a list. */
  readonly isMany: boolean
}

/** Those whose link `by` leads to the record. */
export interface IncomingPrefetch {
  readonly kind: 'incoming'
  readonly name: string
  readonly query: Query
  readonly by: LinkBack
}

/** A link, or a list of links, that comes back as the documents behind it. */
export interface FetchedLink {
  /** `company__owner` */
  readonly name: string
  /** Its place in the record. */
  readonly path: readonly string[]
}

/** Every record of a model. */
export function queryOf(meta: ModelMeta): Query {
  return { meta, conditions: [], orderBy: [] }
}

/** Conditions added to those that are there. What a search says can be asked of what it found only. */
export function withConditions(query: Query, conditions: readonly Expression[]): Query {
  const { search, foundWhere } = query
  if (!search) return { ...query, conditions: [...query.conditions, ...conditions] }
  const columns = search.found.map(({ column }) => column)
  const terms = conditions.flatMap(termsOf)
  const found = terms.filter((term) => mentions(term, columns))
  const others = terms.filter((term) => !found.includes(term))
  return {
    ...query,
    conditions: [...query.conditions, ...others],
    ...(found.length > 0 && { foundWhere: and(...(foundWhere ? [foundWhere] : []), ...found) }),
  }
}

/** What all has to hold, each for itself. */
function termsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'logical' && condition.operator === 'AND' ? condition.terms.flatMap(termsOf) : [condition]
}

/** At most `limit` records. */
export function withLimit(query: Query, limit: number): Query {
  return { ...query, limit: wholeNumber(query, 'limit', limit) }
}

/** Without the first `start` records. */
export function withStart(query: Query, start: number): Query {
  return { ...query, start: wholeNumber(query, 'start', start) }
}

/** Whether it is about some of the records only, by their place. */
export function isSliced({ limit, start }: Query): boolean {
  return limit !== undefined || start !== undefined
}

/** Checks what `limit()` and `start()` are given. */
export function wholeNumber(query: Query, method: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new LookupError('INVALID_VALUE', `${query.meta.name}: ${method}() takes a whole number that is not negative.`)
}
