import { DatabaseError } from '../errors.js'
import type { Search } from '../query/search/search.js'
import { nameTaken } from '../query/search/with-search.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { toRecord } from './hydrator.js'

/** A row of a search as a document, with what the search says about it as properties that are neither saved nor listed. */
export function readFound(meta: ModelMeta, { columns, found }: Search, row: unknown): object {
  const record = toRecord(meta, row)
  const stored = Object.fromEntries(Object.entries(record).filter(([column]) => !columns.includes(column)))
  const document = meta.hydrate(stored)
  for (const { name, column, read } of found) {
    // a key that is no field, and is kept
    if (Object.hasOwn(document, name)) throw nameTaken(meta, name)
    Object.defineProperty(document, name, { value: read(record[column] ?? missing(meta)), configurable: true })
  }
  return document
}

/** Without its index, the engine finds every record, and nothing to say about it. */
function missing({ name }: ModelMeta): never {
  throw new DatabaseError(
    'UNEXPECTED_RESPONSE',
    `${name}: the database does not have the index that this search uses; call ${name}.defineTable().`,
  )
}
