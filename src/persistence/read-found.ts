import { DatabaseError } from '../errors.js'
import type { Query } from '../query/query.js'
import type { Search } from '../query/search/search.js'
import { nameTaken } from '../query/search/with-search.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { toRecord } from './hydrator.js'

/** A row of a search as a document, with what the search says about it as properties that are neither saved nor listed. */
export function readFound(meta: ModelMeta, { columns, found }: Search, row: unknown): object {
  const record = toRecord(meta, row)
  const stored = Object.fromEntries(Object.entries(record).filter(([column]) => !columns.includes(column)))
  const document = meta.hydrate(stored)
  for (const { name, column, field } of found) {
    // a key that is no field, and is kept
    if (Object.hasOwn(document, name)) throw nameTaken(meta, name)
    Object.defineProperty(document, name, {
      value: field.fromDatabase(record[column] ?? missing(meta)),
      configurable: true,
    })
  }
  return document
}

/** Checks that plain rows have what a search says about each. */
export function checkFound(
  { meta, search, rows: form }: Query,
  rows: readonly Readonly<Record<string, unknown>>[],
): void {
  if (!search || form?.kind !== 'plain') return
  const read = search.found.filter(({ name }) => form.columns.some((column) => column.name === name))
  if (rows.some((row) => read.some(({ name }) => row[name] === undefined))) missing(meta)
}

/** Without its index, the engine finds every record, and nothing to say about it. */
function missing({ name }: ModelMeta): never {
  throw new DatabaseError(
    'UNEXPECTED_RESPONSE',
    `${name}: the database does not have the index that this search uses; call ${name}.defineTable().`,
  )
}
