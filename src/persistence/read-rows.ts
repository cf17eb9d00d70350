import { restoreLinks } from '../query/fetch-links.js'
import type { Query, RowForm } from '../query/query.js'
import { isPlainObject } from '../values.js'
import { toRecord } from './hydrator.js'
import { checkFound, readFound } from './read-found.js'

/** The rows of an answer as what the query asks for. */
export function readRows(query: Query, rows: readonly unknown[]): readonly unknown[] {
  return query.fetch
    ? read(
        query,
        rows.map((row) => restoreLinks(query, row)),
      )
    : read(query, rows)
}

function read(query: Query, rows: readonly unknown[]): readonly unknown[] {
  const { meta, rows: form, fetch } = query
  if (form === undefined || form.kind === 'partial') return rows.map((row) => readDocument(query, toRecord(meta, row)))
  if (form.kind === 'value') {
    const { name, field } = form.column
    return rows.map((row) => field.fromDatabase(fetch ? toRecord(meta, row)[name] : row))
  }
  const records = rows.map((row) => toRecord(meta, row))
  checkFound(query, records)
  return records.map((record) => plainRow(form, record))
}

/** A document with what was found or made besides its fields, as properties that are neither saved nor listed. */
function readDocument({ meta, search, annotations = [] }: Query, record: Record<string, unknown>): object {
  if (annotations.length === 0) return search ? readFound(meta, search, record) : meta.hydrate(record)
  const isMade = (column: string): boolean => annotations.some(({ name }) => name === column)
  const stored = Object.fromEntries(Object.entries(record).filter(([column]) => !isMade(column)))
  const document = search ? readFound(meta, search, stored) : meta.hydrate(stored)
  for (const { name, field } of annotations)
    Object.defineProperty(document, name, { value: field.fromDatabase(record[name]), configurable: true })
  return document
}

function plainRow(
  { columns }: Extract<RowForm, { kind: 'plain' }>,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, field }) => [name, field.fromDatabase(row[name])]))
}

/** See `Dialect.losesIds`: an index found a record that was written in the same transaction. */
export function lacksId({ rows: form }: Query, row: unknown): boolean {
  return (form === undefined || form.kind === 'partial') && isPlainObject(row) && row['id'] === undefined
}
