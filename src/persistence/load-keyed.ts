import { DatabaseError } from '../errors.js'
import { buildKeyedSelect, KEY_COLUMN, VALUE_COLUMN, type Key, type OrderedQuery } from '../query/ordered-query.js'
import type { Query } from '../query/query.js'
import { isPlainObject } from '../values.js'
import { completeRows } from './complete-rows.js'
import { selectAll } from './select-or.js'
import type { Operation } from './operation.js'

/** Rows as what a query asks for, and the key of each. */
export interface KeyedRows {
  readonly items: readonly unknown[]
  readonly keys: readonly Key[]
}

/** A part of the records of an ordered query, with their keys. */
export function* loadKeyed(part: Query, whole: OrderedQuery): Operation<KeyedRows> {
  const [rows] = yield* selectAll([buildKeyedSelect(part, whole)])
  return yield* readKeyed(part, whole, rows!)
}

/** The rows of the answer to that; asked again without indexes where ids are missing: see `Dialect.losesIds`. */
export function* readKeyed(part: Query, whole: OrderedQuery, rows: readonly unknown[]): Operation<KeyedRows> {
  const keys = rows.map((row) => keyOf(part, row))
  const place = whole.orderBy.findIndex(({ path }) => path.length === 1 && path[0] === 'id')
  if (part.indexes !== 'none' && keys.some((key) => key[place] === undefined))
    return yield* loadKeyed({ ...part, indexes: 'none' }, whole)
  const items = yield* completeRows(
    part,
    rows.map((row) => withoutKey(part, row)),
  )
  return { items, keys }
}

function keyOf({ meta }: Query, row: unknown): Key {
  const key = isPlainObject(row) ? row[KEY_COLUMN] : undefined
  if (Array.isArray(key)) return key
  throw new DatabaseError('UNEXPECTED_RESPONSE', `${meta.name}: the database answered with a row that has no key.`)
}

function withoutKey({ rows: form, fetch }: Query, row: unknown): unknown {
  const { [KEY_COLUMN]: _key, ...values } = row as Readonly<Record<string, unknown>>
  return form?.kind === 'value' && !fetch ? values[VALUE_COLUMN] : values
}
