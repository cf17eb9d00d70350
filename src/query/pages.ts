import { LookupError } from '../errors.js'
import type { Query } from './query.js'

/** Which page. */
export interface PageOptions {
  /** Counted from 1, the default. */
  readonly page?: number | undefined
  /** How many rows it has. */
  readonly perPage: number
}

/** A numbered page. */
export interface Page<Row> {
  readonly items: Row[]
  /** How many rows all pages have together. */
  readonly total: number
  readonly page: number
  readonly perPage: number
  /** How many pages there are; 0 when there is no row. */
  readonly pages: number
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

/** So many rows from the beginning, or behind a cursor; or from the end, or before a cursor. */
export type CursorOptions =
  | {
      readonly first: number
      readonly after?: string | null | undefined
      readonly last?: never
      readonly before?: never
    }
  | {
      readonly last: number
      readonly before?: string | null | undefined
      readonly first?: never
      readonly after?: never
    }

/** Rows with the cursors of the first one and of the last one; null when there is none. */
export interface CursorPage<Row> {
  readonly items: Row[]
  readonly startCursor: string | null
  readonly endCursor: string | null
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

/** The rows from `offset` on, at most so many; of a query that is a slice itself, those of the slice. */
export function sliced(query: Query, offset: number, size: number): Query {
  const { start = 0, limit = Infinity } = query
  return { ...query, start: start + offset, limit: Math.max(0, Math.min(size, limit - offset)) }
}

/** A whole number above 0, for a method that was given it under a name. */
export function positiveNumber({ meta }: Query, place: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number
  throw new LookupError('INVALID_VALUE', `${meta.name}: ${place} is a whole number of at least 1.`)
}

/** What `cursor()` was asked for. */
export interface CursorRequest {
  readonly size: number
  readonly cursor: string | undefined
  readonly isBackward: boolean
}

/** The options of `cursor()`, checked. */
export function readCursorOptions(query: Query, { first, after, last, before }: CursorOptions): CursorRequest {
  const { meta, limit, start } = query
  if (limit !== undefined || start !== undefined)
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: cursor() goes through all records; leave out limit() and start().`,
    )
  const isBackward = last !== undefined
  const isMixed = isBackward ? first !== undefined || !isMissing(after) : !isMissing(before)
  if (isMixed)
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: cursor() takes { first, after } or { last, before }, not both.`,
    )
  const size = isBackward
    ? positiveNumber(query, 'cursor({ last })', last)
    : positiveNumber(query, 'cursor({ first })', first)
  return { size, isBackward, cursor: (isBackward ? before : after) ?? undefined }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}
